import { mkdir, writeFile } from 'node:fs/promises';
import { generate } from './generate.js';

/** Reads the definition and the requirements, and writes every file of `spec/generated`; the same bytes every time. */
async function main(): Promise<void> {
  const root = new URL('../', import.meta.url);
  const { files, summary } = await generate(root);
  const out = new URL('generated/', root);
  await mkdir(out, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(new URL(name, out), text);
  console.log(summary);
}

try {
  await main();
} catch (error) {
  console.error(`generate: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
