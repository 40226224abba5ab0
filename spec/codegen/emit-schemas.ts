import type { Definition } from './definition.js';
import { header } from './header.js';

/** Every named schema as data, in wire order, without examples. */
export function emitSchemas({ schemas }: Definition): string {
  const rows = Object.entries(schemas).map(([name, schema]) => `  ${name}: ${JSON.stringify(schema)},`);
  return `${header}import type { JsonSchema } from '../src/json-schema.js';

/** The names of the component schemas. */
export type SchemaName =
${Object.keys(schemas)
  .map((name) => `  | '${name}'`)
  .join('\n')};

/** The component schemas as data; references are \`#/components/schemas/NAME\`. */
export const schemas: Readonly<Record<SchemaName, JsonSchema>> = {
${rows.join('\n')}
};
`;
}
