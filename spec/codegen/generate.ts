import { emitClauses } from './emit-clauses.js';
import { emitFaces } from './emit-faces.js';
import { emitOpenapiTypes } from './emit-openapi-types.js';
import { emitOperations } from './emit-operations.js';
import { emitSchemas } from './emit-schemas.js';
import { emitSources } from './emit-sources.js';
import { emitValidators } from './emit-validators.js';
import { readDefinition } from './read-definition.js';
import { readRequirements } from './read-requirements.js';
import { readSources } from './read-sources.js';
import { refuseBadExamples } from './refuse-bad-examples.js';
import { refuseIncomplete } from './refuse-incomplete.js';

/** The text of every file of `spec/generated` by name, and one line that counts what went into them; nothing is written. */
export async function generate(root: URL): Promise<{ files: Readonly<Record<string, string>>; summary: string }> {
  const definition = await readDefinition(root);
  refuseIncomplete(definition.schemas);
  refuseBadExamples(definition);
  const clauses = await readRequirements(root, definition.operations);
  const ids = definition.operations.map(({ id }) => id);
  const faults = clauses.reduce((sum, clause) => sum + Object.keys(clause.faults).length, 0);
  return {
    files: {
      'README.md':
        'Written by `pnpm generate` from ../openapi.yaml and ../requirements. Do not edit: edit those and generate again.\n',
      'openapi.json': `${JSON.stringify(definition.document, null, 2)}\n`,
      'openapi.ts': await emitOpenapiTypes(definition),
      'operations.ts': emitOperations(definition),
      'schemas.ts': emitSchemas(definition),
      'faces.ts': emitFaces(definition),
      'validators.ts': emitValidators(definition),
      'clauses.ts': emitClauses(clauses, ids),
      'sources.ts': emitSources(await readSources(root)),
    },
    summary: `generated ${ids.length} operations, ${Object.keys(definition.schemas).length} schemas, ${clauses.length} clauses, ${faults} faults`,
  };
}
