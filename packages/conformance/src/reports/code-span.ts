import { printable } from './printable.js';
import { shortened } from './shortened.js';

/** Text as a code span of Markdown on one line, at most 300 characters: no markup in it, and no end of it, is read. */
export function codeSpan(text: string): string {
  const line = printable(shortened(text, 300)).replaceAll(/\s+/g, ' ');
  if (line.trim() === '') return '(nothing)';
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
