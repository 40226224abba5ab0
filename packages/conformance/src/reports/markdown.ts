import { clauseOf } from '@opencnm/spec';
import { conformance } from '../judge.js';
import type { Judged } from '../outcome.js';
import type { Report } from '../report.js';
import { codeSpan } from './code-span.js';
import { escapeMarkdown } from './escape-markdown.js';
import { figures } from './figures.js';
import { mendOf } from './mend-of.js';
import { sharedCauses } from './shared-causes.js';
import { troubles } from './troubles.js';
import { verdicts } from './verdict-words.js';

const most = 50;

/** What a summary is made of. */
type Summed = Pick<Report, 'verdict' | 'sentence' | 'target' | 'judged' | 'counts' | 'startedAt' | 'ms' | 'seed'> & {
  readonly suite: Pick<Report['suite'], 'version'>;
};

/** The report as Markdown for the summary of a CI job: verdict, notes, figures, and at most 50 checks that are in trouble. */
export function markdownReport(report: Summed, notes: readonly string[] = []): string {
  const { verdict, sentence, target, judged, startedAt, ms, seed, suite } = report;
  const rows = troubles(judged);
  const more = rows.length - most;
  return [
    `## OpenCNM: ${verdict.replace('-', ' ')}`,
    '',
    `${escapeMarkdown(sentence)}.`,
    '',
    ...sharedCauses(judged).flatMap((cause) => [`**${escapeMarkdown(cause)}**`, '']),
    ...(verdict === 'conformant' ? [] : [`Conformant means: ${conformance}.`, '']),
    `${judged.length} checks of ${target.profiles.join(', ')} on ${codeSpan(target.url)},`,
    `${escapeMarkdown(startedAt.slice(0, 10))}, ${(ms / 1000).toFixed(1)} s, seed ${seed}, suite ${escapeMarkdown(suite.version)}.`,
    '',
    ...notes.flatMap((note) => [`Note: ${escapeMarkdown(note)}`, '']),
    ...table(report),
    '',
    ...rows.slice(0, most).map(trouble),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(rows.length > 0 ? [''] : []),
  ].join('\n');
}

function table({ judged, counts }: Summed): readonly string[] {
  const columns = verdicts.filter((verdict) => counts[verdict] > 0);
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['face', 'level', ...columns, 'all']),
    line(['---', '---', ...columns.map(() => '--:'), '--:']),
    ...figures(judged).map(({ face, level, total, counts: own }) =>
      line([face, level, ...columns.map((verdict) => own[verdict]), total]),
    ),
    line(['all', '', ...columns.map((verdict) => counts[verdict]), judged.length]),
  ];
}

function trouble(row: Judged): string {
  const { verdict, id, title, clause, reason } = row;
  const { text, why } = clauseOf(clause);
  return [
    `- **${verdict}** ${codeSpan(id)}: ${escapeMarkdown(title)}`,
    `  - ${codeSpan(reason)}`,
    `  - Clause ${codeSpan(clause)}: ${escapeMarkdown(text)}`,
    `  - Why it matters: ${escapeMarkdown(why)}`,
    ...mendOf(row).map((mend) => `  - To mend it: ${escapeMarkdown(mend)}`),
  ].join('\n');
}
