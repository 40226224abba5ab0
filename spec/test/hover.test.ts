import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** What is hovered over, where the caret stands, and what an editor has to show there. */
const table = [
  ['a call', 'engine.networks.^prune();', 'Delete the networks that nobody uses.'],
  ['a parameter', 'engine.networks.prune({ ^filters: {} });', 'Which networks may go'],
  ['a member', "engine.networks.prune({ filters: { ^label: ['a'] } });", 'Only networks with these labels'],
  ['a younger member', "engine.networks.create({ body: { Name: 'a', ^EnableIPv4: true } });", 'Since 1.47.'],
  ['a member of an answer', "(await engine.networks.inspect({ id: 'a' })).^Internal;", 'True when nothing outside'],
  ['a method', 'servePlugin({ networkDriver: { ^join: async () => ({}) } }, {});', 'The link of InterfaceName exists'],
] as const;

const file = fileURLToPath(new URL('program.ts', import.meta.url));
const marked = [
  "import { connectEngine } from '../../packages/sdk/dist/engine/index.js';",
  "import { servePlugin } from '../../packages/sdk/dist/driver-kit/index.js';",
  'const engine = await connectEngine();',
  ...table.map(([, line]) => line),
].join('\n');
const program = marked.replaceAll('^', '');

const fileExists = (path: string) => path === file || existsSync(path);
const readFile = (path: string) => (path === file ? program : readFileSync(path, 'utf8'));
const editor = ts.createLanguageService({
  getCompilationSettings: () => ({
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    types: [],
  }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getCurrentDirectory: () => fileURLToPath(new URL('.', import.meta.url)),
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (path) => (fileExists(path) ? ts.ScriptSnapshot.fromString(readFile(path)) : undefined),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
  fileExists,
  readFile,
});

it.each(table.map(([what, , words], place) => ({ what, words, place })))(
  'an editor explains $what',
  ({ words, place }) => {
    const before = marked
      .split('^')
      .slice(0, place + 1)
      .join('');
    const shown = editor.getQuickInfoAtPosition(file, before.length);
    const tags = shown?.tags?.map(({ text }) => ts.displayPartsToString(text)) ?? [];
    expect([ts.displayPartsToString(shown?.documentation), ...tags].join('\n')).toContain(words);
  },
);
