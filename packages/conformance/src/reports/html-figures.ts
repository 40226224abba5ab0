import type { Report } from '../report.js';
import { figures } from './figures.js';
import { type Markup, markup } from './markup.js';
import { verdicts, verdictWords } from './verdict-words.js';

/** The counts by verdict, and the table of figures by face and level, as HTML. */
export function htmlFigures({ counts, judged }: Report): Markup {
  const columns = verdicts.filter((verdict) => counts[verdict] > 0);
  const rows = figures(judged);
  return markup`<ul class="counts">
${columns.map((verdict) => markup`<li class="${verdict}"><b>${counts[verdict]}</b> ${verdictWords[verdict]}</li>\n`)}</ul>
<div class="wide" role="region" aria-labelledby="figures" tabindex="0">
<table>
<thead><tr><th scope="col">face</th><th scope="col">level</th>${columns.map(
    (verdict) => markup`<th scope="col">${verdict}</th>`,
  )}<th scope="col">all</th></tr></thead>
<tbody>
${rows.map(
  ({ face, level, total, counts: own }) =>
    markup`<tr><th scope="row">${face}</th><td>${level}</td>${columns.map(
      (verdict) => markup`<td>${own[verdict] === 0 ? '' : own[verdict]}</td>`,
    )}<td>${total}</td></tr>\n`,
)}</tbody>
<tfoot><tr><th scope="row">all</th><td></td>${columns.map(
    (verdict) => markup`<td>${counts[verdict]}</td>`,
  )}<td>${judged.length}</td></tr></tfoot>
</table>
</div>`;
}
