import { clauseOf } from '@opencnm/spec';
import type { Judged } from '../outcome.js';
import { htmlExchange } from './html-exchange.js';
import { type Markup, markup } from './markup.js';
import { mendOf } from './mend-of.js';
import { shortened } from './shortened.js';
import { toldCalls } from './told-calls.js';

/** How much of a check is told: its last exchanges, and the characters of each text that came from the target. */
export interface Room {
  readonly exchanges: number;
  readonly characters: number;
}

/** One check as HTML: a heading that opens to clause, differences, reason and exchanges. */
export function htmlCheck(row: Judged, url: string, isOpen: boolean, room: Room): Markup {
  const { id, face, level, verdict, title, leftBehind, ms } = row;
  const clause = clauseOf(row.clause);
  const inside = markup`<summary>
<span class="verdict ${verdict}">${verdict}</span> <code>${shortened(id, 200)}</code>
<span class="title">${shortened(title, 400)}</span> <span class="quiet">${level}, ${face}, ${ms} ms</span>
</summary>
<div class="inside">
<p><b>Clause</b> <code>${row.clause}</code>: ${clause.text}</p>
${differences(row, room)}
<p><b>Why it matters</b>: ${clause.why}</p>
${mendOf(row).map((mend) => markup`<p><b>To mend it</b>: ${mend}</p>`)}
${leftBehind.slice(0, 20).map((line) => markup`<p class="left">Left behind: ${shortened(line, room.characters)}</p>`)}
${exchanges(row, url, room)}
</div>`;
  const name = `check-${id}`;
  return isOpen
    ? markup`<details class="check" id="${name}" data-face="${face}" data-level="${level}" data-verdict="${verdict}" open="">${inside}</details>\n`
    : markup`<details class="check" id="${name}" data-face="${face}" data-level="${level}" data-verdict="${verdict}">${inside}</details>\n`;
}

function differences({ result, reason, verdict }: Judged, { characters }: Room): Markup {
  const rows = result.kind === 'broken' ? result.differences.slice(0, 50) : [];
  const told =
    reason !== '' && (rows.length === 0 || verdict === 'known')
      ? markup`<p><b>Outcome</b>: ${shortened(reason, characters)}</p>`
      : markup``;
  return markup`${told}
${rows.map(
  ({ at, wanted, got }) => markup`<dl class="difference">
${at === '' ? markup`` : markup`<dt>at</dt><dd>${shortened(at, characters)}</dd>`}
<dt>wanted</dt><dd>${shortened(wanted, characters)}</dd>
<dt>got</dt><dd>${shortened(got, characters)}</dd>
</dl>`,
)}`;
}

function exchanges(row: Judged, url: string, room: Room): Markup {
  const { calls, title } = toldCalls(row, room.exchanges);
  if (calls.length === 0)
    return row.exchanges === 0
      ? markup``
      : markup`<p class="quiet">There were ${row.exchanges} calls; those of a check that holds are not kept.</p>`;
  return markup`<p><b>${title}</b></p>
<ol>
${calls.map((exchange) => htmlExchange(exchange, url, room.characters))}
</ol>`;
}
