import type { Problem } from '@opencnm/spec';
import { printed } from '../patterns/printed.js';

/** A disagreement with a schema as a sentence: where, what is wanted there, and what stands there. */
export function problemText({ path, message, value }: Problem): string {
  const sentence = `${path || 'the body'} ${message}`;
  return typeof value === 'object' || value === undefined ? sentence : `${sentence}, and is ${printed(value)}`;
}
