import { codeSpan } from './code-span.js';
import { printable } from './printable.js';

/** A sentence for Markdown that reads as it stands; one that could become a link, a mention or HTML is a code span. */
export function escapeMarkdown(text: string): string {
  if (/[<>@&#]|!\[|\]\(|:\/\/|www\./i.test(text)) return codeSpan(text);
  return printable(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]|~!$]/g, '\\$&');
}
