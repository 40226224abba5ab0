import { escapeHtml } from './escape-html.js';

/** HTML that may be put into HTML; only `markup` makes it. */
export interface Markup {
  readonly html: string;
}

type Value = string | number | Markup | readonly Markup[];

/** A template of HTML: texts that are put into it are escaped, so only what stands in the template is markup. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { html: parts.map((part, index) => part + inserted(values[index] ?? '')).join('') };
}

function inserted(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
}
