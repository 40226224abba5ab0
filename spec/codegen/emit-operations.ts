import type { Definition } from './definition.js';
import { header } from './header.js';

/** The operation table as a const object. */
export function emitOperations({ operations }: Definition): string {
  const rows = operations.map((row) => `  ${JSON.stringify(row.id)}: ${JSON.stringify(row)},`).join('\n');
  return `${header}import type { Operation } from '../src/operation.js';

/** Every operation of the four faces: the table that all interpreters read. */
export const operations = {
${rows}
} as const satisfies Readonly<Record<string, Operation>>;
`;
}
