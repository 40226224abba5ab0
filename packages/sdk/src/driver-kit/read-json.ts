import { CnmError } from '../cnm-error.js';

/** The deepest nesting that a request body may have. */
const maxDepth = 64;

/** A request body as JSON: valid UTF-8, no key that could reach a prototype, not nested deeper than 64. Throws CnmError with status 400. */
export function readJson(body: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new CnmError({ code: 'invalid-input', status: 400, message: 'the request body is not valid UTF-8' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CnmError({
      code: 'invalid-input',
      status: 400,
      // The parser quotes the text, line feeds included.
      message: `the request body is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`,
    });
  }
  return cleaned(value, 0);
}

function cleaned(value: unknown, depth: number): unknown {
  if (depth > maxDepth) {
    throw new CnmError({
      code: 'invalid-input',
      status: 400,
      message: `the request body is nested deeper than ${maxDepth}`,
    });
  }
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(members.map(([key, inner]) => [key, cleaned(inner, depth + 1)]));
}
