import { createHash } from 'node:crypto';
import { conformance } from '../judge.js';
import type { Report } from '../report.js';
import { htmlCheck, type Room } from './html-check.js';
import { htmlFigures } from './html-figures.js';
import { htmlFilters } from './html-filters.js';
import { htmlScript } from './html-script.js';
import { htmlStyle } from './html-style.js';
import { type Markup, markup } from './markup.js';
import { sharedCauses } from './shared-causes.js';
import { isTrouble, troubles } from './troubles.js';
import { whatNext } from './what-next.js';

const forTrouble: Room = { exchanges: 12, characters: 2000 };
const forOthers: Room = { exchanges: 2, characters: 300 };
/** How many troubles are told at length: a page stays small when everything fails. */
const mostTroubles = 100;

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(htmlStyle)}`,
  `script-src ${hashOf(htmlScript)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The report as one HTML page that loads nothing and can be read without its script. */
export function htmlReport(report: Report): string {
  const { target, verdict } = report;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${words(verdict)}: ${target.url}, OpenCNM</title>
<style>${htmlStyle}</style>
</head>
<body>
${head(report)}
<main>
<section aria-labelledby="figures">
<h2 id="figures">Figures</h2>
${htmlFigures(report)}
</section>
<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
${report.judged.some(isTrouble) ? markup`<p class="quiet">${whatNext}</p>\n` : markup``}${htmlFilters(report.judged)}
${checksOf(report)}
</section>
</main>
<footer>Written by the OpenCNM conformance suite ${report.suite.version}. Everything is in report.json.</footer>
<script>${htmlScript}</script>
</body>
</html>
`.html;
}

function head({ verdict, sentence, target, judged, suite, seed, budget, startedAt, ms }: Report): Markup {
  return markup`<header class="${verdict}">
<p class="quiet">OpenCNM conformance report</p>
<h1>${words(verdict)}</h1>
<p>${sentence}</p>
${sharedCauses(judged).map((cause) => markup`<p><b>${cause}</b></p>\n`)}${verdict === 'conformant' ? markup`` : markup`<p class="quiet">Conformant means: ${conformance}.</p>\n`}<dl class="facts">
<dt>Target</dt><dd>${target.url}</dd>
<dt>Profiles</dt><dd>${target.profiles.join(', ')}</dd>
<dt>Checks</dt><dd>${judged.length} of the ${suite.checks} that the suite has</dd>
<dt>Started</dt><dd><time datetime="${startedAt}">${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time></dd>
<dt>Duration</dt><dd>${(ms / 1000).toFixed(1)} s</dd>
<dt>Seed</dt><dd>${seed}, with ${budget} sequences for each check of sequences</dd>
<dt>Suite</dt><dd>${suite.version}</dd>
</dl>
</header>`;
}

function words(verdict: Report['verdict']): string {
  const said = {
    conformant: 'Conformant',
    passed: 'Passed',
    'not-conformant': 'Not conformant',
    'not-tested': 'Not tested',
  };
  return said[verdict];
}

/** Troubles first, the gravest ahead; what fails the run is open. */
function checksOf({ judged, target: { url } }: Report): readonly Markup[] {
  const grave = troubles(judged);
  const others = judged.filter((row) => !isTrouble(row));
  return [
    ...grave.map((row, index) =>
      htmlCheck(row, url, row.verdict !== 'warn', index < mostTroubles ? forTrouble : forOthers),
    ),
    ...others.map((row) => htmlCheck(row, url, false, forOthers)),
  ];
}

function hashOf({ html }: Markup): string {
  return `'sha256-${createHash('sha256').update(html).digest('base64')}'`;
}
