import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Check } from '../check.js';
import { wrapped } from '../reports/wrapped.js';

/** An exchange as exchanges.json keeps it; `answer` is undefined where none came. */
interface Shown {
  readonly request: string;
  readonly answer?: string;
}

/** An exchange of a check, the calls before it where a sequence is looked at, and what is wrong with it. */
interface Example extends Shown {
  readonly before?: readonly Shown[];
  readonly wanted?: string;
  readonly got?: string;
}

/** Why there is no exchange to show of calls at once. */
const overlapping =
  'No exchange is shown: what breaks the clause are several calls that overlap. Each answer alone can be right, yet no ' +
  'order of the calls explains all of them. A run that fails prints the calls, with their times and answers.';

/**
 * A good exchange of a check, and a bad one with what is broken; of a sequence the calls, and how the last of them is
 * answered right.
 */
export function examples({ id, act }: Check, broken: string): readonly string[] {
  const { good, bad } = examplesOf(id);
  if (act.kind === 'histories') return [wrapped(overlapping, ''), ''];
  if (act.kind === 'sequences')
    return [
      ...shown(`Calls that do not hold (${broken}):`, bad),
      ...shown(good?.before ? 'The same calls, answered right:' : 'The last of these calls, answered right:', good),
    ];
  return [...shown('An exchange that holds:', good), ...shown(`An exchange that does not (${broken}):`, bad)];
}

function shown(heading: string, example: Example | undefined): readonly string[] {
  if (!example) return [];
  const { before = [], wanted, got } = example;
  return [
    wrapped(heading, ''),
    ...[...before.filter((each, index) => !isDeepStrictEqual(each, before[index - 1])), example].flatMap(
      ({ request, answer = 'no answer' }) => [folded(`> ${request}`), folded(`< ${answer}`)],
    ),
    ...(wanted && got ? [folded(`wanted ${wanted}`), folded(`got    ${got}`)] : []),
    '',
  ];
}

/** Text broken after blanks and commas, as JSON has few blanks. */
function folded(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[^, ]*[, ]+|[^, ]+$/g) ?? []) {
    if (line !== '' && `  ${line}${word}`.trimEnd().length > 80) {
      lines.push(`  ${line}`);
      line = `  ${word}`;
    } else line += word;
  }
  return [...lines, `  ${line}`].map((each) => each.trimEnd()).join('\n');
}

function examplesOf(id: string): { readonly good?: Example; readonly bad?: Example } {
  const file = new URL('../../exchanges.json', import.meta.url);
  const all = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { good?: Example; bad?: Example }>>;
  return Object.hasOwn(all, id) ? (all[id] ?? {}) : {};
}
