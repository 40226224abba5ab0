import type { Judged } from '../outcome.js';
import { levels } from '../selection.js';
import { type Markup, markup } from './markup.js';
import { verdicts, verdictWords } from './verdict-words.js';

/** The form that hides checks; hidden itself until the script of the page serves it. */
export function htmlFilters(judged: readonly Judged[]): Markup {
  const faces = [...new Set(judged.map(({ face }) => face))].sort();
  const found = levels.filter((level) => judged.some((row) => row.level === level));
  const came = verdicts.filter((verdict) => judged.some((row) => row.verdict === verdict));
  return markup`<form id="filters" role="search" aria-label="Filter the checks" hidden="">
${choice('face', 'Face', faces)}
${choice('level', 'Level', found)}
${choice('verdict', 'Verdict', came, verdictWords)}
<label class="text">Text <input type="search" name="text" autocomplete="off" spellcheck="false" /></label>
<button type="reset">Show all</button>
<output id="shown" aria-live="polite"></output>
</form>`;
}

function choice(
  name: string,
  label: string,
  values: readonly string[],
  words: Readonly<Record<string, string>> = {},
): Markup {
  return markup`<label>${label} <select name="${name}"><option value="">any</option>${values.map(
    (value) => markup`<option value="${value}">${words[value] ?? value}</option>`,
  )}</select></label>`;
}
