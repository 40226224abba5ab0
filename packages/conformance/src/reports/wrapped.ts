import { stripVTControlCharacters } from 'node:util';

/** Text broken at blanks so that lines fit 80 columns, each behind an indent. */
export function wrapped(text: string, indent: string, columns = 80): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && stripVTControlCharacters(`${indent}${line} ${word}`).length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}${each}`).join('\n');
}
