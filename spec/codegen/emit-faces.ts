import type { Definition, OperationRow, ParameterRow } from './definition.js';
import { header } from './header.js';

const interfaces = {
  plugin: 'PluginFace',
  'network-driver': 'NetworkDriver',
  'ipam-driver': 'IpamDriver',
  engine: 'Engine',
} as const;

/** Schema aliases, inputs and outputs of each operation, and one interface per face. */
export function emitFaces({ operations, schemas }: Definition): string {
  const aliases = Object.keys(schemas).map((name) => `export type ${name} = components['schemas']['${name}'];`);
  const faces = Object.entries(interfaces).map(([face, name]) => {
    const rows = operations.filter((row) => row.face === face);
    return `/** The ${face} face: implemented in memory or by a vendor, called over a transport. */\nexport interface ${name} {\n${rows.map(method).join('\n')}\n}`;
  });
  return `${header}import type { CallContext } from '../src/call-context.js';
import type { components } from './openapi.js';

${aliases.join('\n')}

/** What each operation takes. */
export interface Inputs {
${operations.map((row) => `  ${JSON.stringify(row.id)}: ${input(row) ?? 'void'};`).join('\n')}
}

/** The body of each operation's success. */
export interface Outputs {
${operations.map((row) => `  ${JSON.stringify(row.id)}: ${output(row)};`).join('\n')}
}

/** The body of each declared status of each operation. */
export interface Responses {
${operations
  .map(
    (row) =>
      `  ${JSON.stringify(row.id)}: { ${Object.entries(row.responses)
        .map(([status, { schema }]) => `${JSON.stringify(status)}: ${schema ?? 'undefined'}`)
        .join('; ')} };`,
  )
  .join('\n')}
}

${faces.join('\n\n')}
`;
}

function input(row: OperationRow): string | undefined {
  if (row.face !== 'engine') return row.request?.schema;
  const fields = row.parameters.map(parameter);
  if (row.request) fields.push(`readonly body${row.request.required ? '' : '?'}: ${row.request.schema}`);
  return fields.length === 0 ? undefined : `{ ${fields.join('; ')} }`;
}

function parameter({ name, required, type, schema }: ParameterRow): string {
  const ts = { string: 'string', boolean: 'boolean', integer: 'number', json: schema ?? 'never' }[type];
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
  return `readonly ${key}${required ? '' : '?'}: ${ts}${required ? '' : ' | undefined'}`;
}

function output(row: OperationRow): string {
  const [, success] = Object.entries(row.responses).find(([status]) => status.startsWith('2')) ?? [];
  const type = success?.schema ?? 'void';
  return success?.stream ? `AsyncIterable<${type}>` : type;
}

function method(row: OperationRow): string {
  const parameters = [
    ...(input(row) ? [`input: Inputs[${JSON.stringify(row.id)}]`] : []),
    'context?: CallContext',
  ].join(', ');
  const result = `Outputs[${JSON.stringify(row.id)}]`;
  return `  /** ${row.summary} */\n  ${row.call}(${parameters}): ${output(row).startsWith('AsyncIterable') ? result : `Promise<${result}>`};`;
}
