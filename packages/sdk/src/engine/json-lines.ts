import { CnmError } from '../cnm-error.js';
import { quote } from './engine-error.js';

/** Parses a stream of JSON texts, one to a line, each at most `maxChars` long. */
export async function* jsonLines(
  operation: string,
  stream: AsyncIterable<Uint8Array>,
  maxChars = 1024 * 1024,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const [head = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    rest += head;
    for (const other of others) {
      yield* parsed(operation, rest, maxChars);
      rest = other;
    }
    if (rest.length > maxChars) throw tooLong(operation, maxChars);
  }
  yield* parsed(operation, rest + decoder.decode(), maxChars);
}

function* parsed(operation: string, line: string, maxChars: number): Generator<unknown> {
  if (line.length > maxChars) throw tooLong(operation, maxChars);
  const text = line.trim();
  if (text === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const message = `${operation}: a line of the answer is not JSON: ${quote(text)}`;
    throw new CnmError({ code: 'invalid-answer', operation, message, cause });
  }
  yield value;
}

function tooLong(operation: string, maxChars: number): CnmError {
  const message = `${operation}: a line of the answer is longer than ${maxChars} characters`;
  return new CnmError({ code: 'invalid-answer', operation, message });
}
