import { printable } from '../reports/printable.js';

/** Text for XML and HTML, in elements and in attributes. */
export function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return printable(text)
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
