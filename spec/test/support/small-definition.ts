import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The files of a definition with one engine operation, one schema and one clause; a test spoils one of them. */
export const smallDefinition = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Small, version: 0.1.0 }
paths:
  /things/{id}: { $ref: "faces/small.yaml#/Thing" }
`,
  'faces/small.yaml': `Thing:
  get:
    operationId: ThingInspect
    tags: [engine]
    summary: Show a thing
    x-group: things
    x-verb: inspect
    parameters:
      - { name: id, in: path, required: true, description: Its name., schema: { type: string }, example: one }
    responses:
      "200":
        description: The thing.
        content:
          application/json:
            schema: { $ref: ../schemas/small.yaml#/Thing }
            example: { Name: one }
`,
  'schemas/small.yaml': `Thing:
  type: object
  description: A thing.
  properties:
    Name: { type: string, description: Its name., examples: [one] }
`,
  'requirements/small.yaml': `clauses:
  - id: engine.thing-inspect.named
    operations: [ThingInspect]
    level: MUST
    text: The answer has the name.
    why: A user cannot tell things apart.
    mend: Copy the name into Name.
    source: [none]
    faults: { nameless: Leaves the name out. }
`,
  'requirements/sources.yaml': `base: https://example.org/things/
sources:
  none: { what: nothing that anybody wrote, at: nothing.md }
`,
} as const;

/** The name of a file of the small definition. */
export type SmallFile = keyof typeof smallDefinition;

/** Writes a definition into a folder of its own, hands it to the function, and takes the folder away. */
export async function withDefinition<T>(
  files: Readonly<Record<SmallFile, string>>,
  use: (root: URL) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'opencnm-definition-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await use(pathToFileURL(`${folder}/`));
  } finally {
    await rm(folder, { recursive: true });
  }
}
