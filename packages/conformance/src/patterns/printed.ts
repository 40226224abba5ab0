const limit = 200;

/** A value as reports print it: JSON on one line, cut after 200 characters. */
export function printed(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text;
}
