import type { Definition, OperationRow, ParameterRow } from './definition.js';
import { header } from './header.js';
import { type OperationDocs, operationDocs } from './operation-docs.js';

const interfaces = {
  plugin: 'PluginFace',
  'network-driver': 'NetworkDriver',
  'ipam-driver': 'IpamDriver',
  engine: 'Engine',
} as const;

type Docs = ReadonlyMap<string, OperationDocs>;

/** Schema aliases, inputs and outputs of each operation, one interface per face, and the groups of the engine's calls. */
export function emitFaces(definition: Definition): string {
  const { operations, schemas } = definition;
  const docs = operationDocs(definition);
  const aliases = Object.keys(schemas).map((name) => `export type ${name} = components['schemas']['${name}'];`);
  const faces = Object.entries(interfaces).map(([face, name]) => {
    const rows = operations.filter((row) => row.face === face);
    return `/** The ${face} face: implemented in memory or by a vendor, called over a transport. */\nexport interface ${name} {\n${rows.map((row) => method(row, docs)).join('\n')}\n}`;
  });
  return `${header}import type { CallContext } from '../src/call-context.js';
import type { components } from './openapi.js';

${aliases.join('\n')}

/** What each operation takes. */
export interface Inputs {
${operations.map((row) => `  ${JSON.stringify(row.id)}: ${input(row, docs) ?? 'void'};`).join('\n')}
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

${groups(operations, docs)}
`;
}

/** The ids of the engine's operations, as clients group them. */
function groups(operations: readonly OperationRow[], docs: Docs): string {
  const rows = operations.filter(({ face }) => face === 'engine');
  const names = [...new Set(rows.map(({ group = '' }) => group))];
  const members = names.map((name) => {
    const calls = rows.filter(({ group }) => group === name);
    const lines = calls.map((row) => `    ${comment(docs, row)}\n    readonly ${row.verb}: ${JSON.stringify(row.id)};`);
    return `  readonly ${name}: {\n${lines.join('\n')}\n  };`;
  });
  return `/** The operations of an engine by group and verb. */\nexport interface EngineOperations {\n${members.join('\n')}\n}`;
}

function comment(docs: Docs, { id }: OperationRow): string {
  return `/** ${docs.get(id)?.text} */`;
}

function input(row: OperationRow, docs: Docs): string | undefined {
  if (row.face !== 'engine') return row.request?.schema;
  const words = docs.get(row.id)?.parameters ?? {};
  // On lines of their own: the compiler drops comments behind a semicolon.
  const fields = row.parameters.map((each) => `    /** ${words[each.name]} */\n    ${parameter(each)};`);
  if (row.request) fields.push(`    readonly body${row.request.required ? '' : '?'}: ${row.request.schema};`);
  return fields.length === 0 ? undefined : `{\n${fields.join('\n')}\n  }`;
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

function method(row: OperationRow, docs: Docs): string {
  const parameters = [
    ...(input(row, docs) ? [`input: Inputs[${JSON.stringify(row.id)}]`] : []),
    'context?: CallContext',
  ].join(', ');
  const result = `Outputs[${JSON.stringify(row.id)}]`;
  return `  ${comment(docs, row)}\n  ${row.call}(${parameters}): ${output(row).startsWith('AsyncIterable') ? result : `Promise<${result}>`};`;
}
