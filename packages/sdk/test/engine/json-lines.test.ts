import { expect, it } from 'vitest';
import { jsonLines } from '../../src/engine/json-lines.js';

/** Everything that is parsed from chunks. */
async function parsed(chunks: readonly Uint8Array[], maxChars?: number): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  async function* stream() {
    yield* chunks;
  }
  for await (const item of jsonLines('Test', stream(), maxChars)) items.push(item);
  return items;
}

const bytes = (text: string) => [...Buffer.from(text)].map((byte) => Buffer.of(byte));

it.each([
  ['no line', '', []],
  ['blank lines', '\n\r\n \n', []],
  ['a line without an end', '{"a":1}', [{ a: 1 }]],
  ['several lines', '{"a":"é✓"}\r\n\n[1]\nnull\n', [{ a: 'é✓' }, [1], null]],
])('%s, whole and byte by byte', async (_, text, items) => {
  expect(await parsed([Buffer.from(text)])).toEqual(items);
  expect(await parsed(bytes(text))).toEqual(items);
});

it('a line as long as the limit is parsed, a longer one is refused wherever the chunks are cut', async () => {
  expect(await parsed(bytes('"1234"\n"5678"'), 6)).toEqual(['1234', '5678']);
  for (const chunks of [bytes('"12345"\n'), [Buffer.from('"12345"\n1\n')], [Buffer.from('1\n"12345"')]]) {
    await expect(parsed(chunks, 6)).rejects.toMatchObject({
      code: 'invalid-answer',
      message: 'Test: a line of the answer is longer than 6 characters',
    });
  }
});

it('a line that is not JSON is refused and quoted', async () => {
  await expect(parsed([Buffer.from('{"a":1}\n<html>\n')])).rejects.toThrow(
    'Test: a line of the answer is not JSON: <html>',
  );
});
