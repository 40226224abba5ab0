import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generate } from '../codegen/generate.js';
import { type SmallFile, smallDefinition, withDefinition } from './support/small-definition.js';

const api = 'openapi.yaml';
const face = 'faces/small.yaml';
const schema = 'schemas/small.yaml';
const clauses = 'requirements/small.yaml';
const sources = 'requirements/sources.yaml';

/** What is spoilt, in which file, the text, its replacement, and what the generator says. */
const refusals: readonly (readonly [string, SmallFile, string, string, string])[] = [
  ['an operation without a summary', face, 'summary: Show a thing', '', 'GET /things/{id}: has no summary'],
  ['an operation without an id', face, 'operationId: ThingInspect', '', 'GET /things/{id}: has no operationId'],
  ['an operation of two faces', face, '[engine]', '[engine, plugin]', 'needs exactly one tag'],
  ['an engine operation without a group', face, 'x-group: things', '', 'needs x-group and x-verb'],
  ['a key nobody reads', face, 'x-verb:', 'x-colour: red\n    x-verb:', 'has the key x-colour'],
  ['a default answer of an engine', face, '"200"', 'default', 'answers default: name each status'],
  ['a variable without a parameter', api, '{id}', '{name}', 'needs name both in the path and as a path parameter'],
  ['a parameter in a header', face, 'in: path, required: true', 'in: header', 'only path and query are understood'],
  [
    'a body without a named schema',
    face,
    '{ $ref: ../schemas/small.yaml#/Thing }',
    '{ type: object }',
    'every JSON body must be a $ref to a named schema',
  ],
  ['a parameter without a description', face, 'description: Its name., ', '', 'parameter id has no description'],
  ['a body without an example', face, 'example: { Name: one }', '', 'GET /things/{id}: a body has no example'],
  ['a parameter without an example', face, ', example: one', '', 'GET /things/{id}: id has no example'],
  [
    'an example that its schema rejects',
    face,
    '{ Name: one }',
    '{ Name: 1 }',
    'the example {"Name":1} is refused: /Name',
  ],
  ['an example of a parameter that its schema rejects', face, 'example: one', 'example: 1', 'the example 1 is refused'],
  [
    'an example of a property that its schema rejects',
    schema,
    '[one]',
    '[one, 2]',
    'Thing.Name: the example 2 is refused',
  ],
  [
    'a property without a description',
    schema,
    'description: Its name., ',
    '',
    'schemas: Thing.Name has no description',
  ],
  ['a property without an example', schema, ', examples: [one]', '', 'schemas: Thing.Name has no examples'],
  ['a schema without a description', schema, 'description: A thing.', '', 'schemas: Thing has no description'],
  ['a keyword that no reader understands', schema, 'type: object', 'type: object\n  not: {}', 'has the keyword not'],
  ['a version that is none', schema, 'examples', 'x-since: next, examples', 'the x-since next, which is no version'],
  ['a face that is not there', api, '#/Thing', '#/Nothing', 'has no key Nothing'],
  [
    'an operation id that is taken',
    api,
    'paths:',
    'paths:\n  /other/{id}: { $ref: "faces/small.yaml#/Thing" }',
    'the operationId ThingInspect is taken',
  ],
  [
    'a clause about an operation that does not exist',
    clauses,
    '[ThingInspect]',
    '[ThingList]',
    'is about ThingList, which',
  ],
  [
    'a clause about a status that is not declared',
    clauses,
    'engine.thing-inspect.named',
    'ThingInspect/404',
    'names a status that ThingInspect does not declare',
  ],
  [
    'a clause with an unknown key',
    clauses,
    'level: MUST',
    'level: MUST\n    colour: red',
    'has the unknown key colour',
  ],
  ['a clause of no level', clauses, 'MUST', 'must', 'needs a level of MUST, SHOULD or MAY'],
  ['a clause without a reason', clauses, 'why: A user cannot tell things apart.', '', 'has no why'],
  ['a clause that does not say how it is mended', clauses, 'mend: Copy the name into Name.', '', 'has no mend'],
  ['a clause with an empty mend', clauses, 'Copy the name into Name.', '""', 'has no mend'],
  [
    'a clause whose mend only repeats its text',
    clauses,
    'Copy the name into Name.',
    'the answer has the name',
    'has a mend that only repeats its text',
  ],
  [
    'a clause with a mend that is too long for reports',
    clauses,
    'Copy the name into Name.',
    'Name it. '.repeat(30),
    'has a mend of 269 characters: at most 200',
  ],
  [
    'a clause that is neither broken nor excluded',
    clauses,
    'faults: { nameless: Leaves the name out. }',
    '',
    'has neither faults nor a reason to be excluded',
  ],
  [
    'a clause that stands twice',
    clauses,
    'clauses:\n',
    `${smallDefinition[clauses]}`,
    'thing-inspect.named is defined twice',
  ],
  ['an excluded clause with faults', clauses, 'level: MUST', 'level: MUST\n    excluded: not yet', 'one of both'],
  [
    'a source that does not say what it is',
    sources,
    'what: nothing that anybody wrote, ',
    '',
    'none does not say what',
  ],
  ['requirements without clauses', clauses, 'clauses:', 'claws:', 'requirements/small.yaml: needs a list of clauses'],
];

describe('the generator', () => {
  it('reads a small definition that is in order', async () => {
    const { summary } = await withDefinition(smallDefinition, generate);
    expect(summary).toBe('generated 1 operations, 1 schemas, 1 clauses, 1 faults');
  });

  it('tells editors since and until when there is a member', async () => {
    const text = smallDefinition[schema].replace('examples', 'x-since: "1.44", x-until: "1.51", examples');
    const { files } = await withDefinition({ ...smallDefinition, [schema]: text }, generate);
    expect(files['openapi.ts']).toContain('Its name. Since 1.44. Until 1.51.');
  });

  it.each(refusals)('refuses %s', async (_, file, text, replacement, message) => {
    expect(smallDefinition[file]).toContain(text);
    const spoilt = { ...smallDefinition, [file]: smallDefinition[file].replace(text, () => replacement) };
    await expect(withDefinition(spoilt, generate)).rejects.toThrow(message);
  });

  it('writes the same bytes every time, and those are committed', async () => {
    const root = new URL('../', import.meta.url);
    const [once, again] = [await generate(root), await generate(root)];
    expect(again.files).toEqual(once.files);
    const folder = new URL('generated/', root);
    expect((await readdir(folder)).sort()).toEqual(Object.keys(once.files).sort());
    for (const [name, text] of Object.entries(once.files))
      expect((await readFile(new URL(name, folder), 'utf8')) === text, `${name} is stale: npm run generate`).toBe(true);
  });
});
