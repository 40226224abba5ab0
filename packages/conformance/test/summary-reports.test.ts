import { clauseOf } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { judge } from '../src/judge.js';
import type { Report } from '../src/report.js';
import { badgeReport } from '../src/reports/badge.js';
import { codeSpan } from '../src/reports/code-span.js';
import { markdownReport } from '../src/reports/markdown.js';
import { clause, hostile, reportOf } from './report-of.js';

/** Markdown with `x` for each code span, found as CommonMark finds them: what may be read as markup. */
function skeleton(markdown: string): string {
  return markdown.replaceAll(/(?<![\\`])(`+)(?!`)(.*?[^`])\1(?!`)/g, 'x');
}

const report = reportOf(hostile, hostile);
const markdown = markdownReport(report);

describe('the summary', () => {
  it('has the markup of a harmless report, whatever the target said', () => {
    const plain = markdownReport(reportOf('plain', '@plain'));
    expect(skeleton(markdown)).toBe(skeleton(plain));
    expect(skeleton(markdown)).not.toMatch(/[<@`]|:\/\/|\]\(|alert|everyone/);
    expect(markdown).not.toMatch(/[^\P{C}\n\p{Cn}\p{Co}]|[\u2028\uFFFE]/u);
  });

  it('closes no code span early, whatever is in it', () => {
    for (const text of ['`', '``a`', 'a`', '`` ` ```', ' a ', '\\`', 'a\n\nb', '|', '$`x`$'])
      expect(skeleton(`a ${codeSpan(text)} b`), text).toBe('a x b');
    for (const text of ['', ' ', '\n']) expect(codeSpan(text)).toBe('(nothing)');
  });

  it('has the figures of the report', () => {
    const cells = markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      );
    const [names = [], , ...rows] = cells;
    const sums = Object.fromEntries(names.map((name, column) => [name, rows.at(-1)?.[column]]));
    expect(sums).toEqual({
      face: 'all',
      level: '',
      ...Object.fromEntries(Object.entries(report.counts).flatMap(([name, n]) => (n > 0 ? [[name, String(n)]] : []))),
      all: String(report.judged.length),
    });
    for (const column of names.keys())
      if (column > 1)
        expect(rows.slice(0, -1).reduce((sum, row) => sum + Number(row[column]), 0)).toBe(
          Number(rows.at(-1)?.[column]),
        );
  });

  it('tells what is in trouble, the gravest first, with clause and why', () => {
    const text = markdownReport(reportOf('it'));
    const told = [...text.matchAll(/^- \*\*(\w+)\*\* `([\w.]+)`/gm)].map(([, verdict, id]) => `${verdict} ${id}`);
    expect(told).toEqual(['fail b.fail', 'fail i.fail', 'blocked c.blocked', 'error d.error', 'warn g.warn']);
    expect(text).toContain('`it: wanted x it, got it`');
    expect(text).toContain(`Clause \`${clause}\``);
    expect(text).toContain(`Why it matters: ${clauseOf(clause).why}`);
    // Two fail and one warns; what could not be looked at needs no mending.
    expect(text.match(/^ {2}- To mend it: /gm)).toHaveLength(3);
  });

  it('tells at most 50, and how many more there are', () => {
    const text = markdownReport(withFailures(73, 'x'.repeat(1_000_000)));
    expect(text.match(/^- \*\*fail/gm)).toHaveLength(50);
    expect(text).toContain('\n- and 23 more\n');
    expect(text.length).toBeLessThan(100_000);
  });

  it('needs no list when all is well', () => {
    const text = markdownReport(passed());
    expect(text).toContain('## OpenCNM: conformant');
    expect(text).not.toMatch(/^- /m);
  });
});

describe('the badge', () => {
  const read = (of: Report) => JSON.parse(badgeReport(of)) as unknown;

  it('is an endpoint of shields.io with the figures of the report', () => {
    expect(read(passed())).toEqual({
      schemaVersion: 1,
      label: 'OpenCNM',
      message: 'conformant, 1/1 passed, 2026-01-01',
      color: 'brightgreen',
    });
    expect(read(withFailures(3, 'x'))).toMatchObject({
      message: 'not conformant, 0/3 passed, 2026-01-01',
      color: 'red',
    });
  });

  it('does not pass a part off as the whole', () => {
    const selection = { only: ['a.*'], skip: [], level: 'MAY' } as const;
    expect(read({ ...passed(), selection })).toMatchObject({
      message: 'conformant, 1/1 selected checks passed, 2026-01-01',
    });
  });

  it('counts what is known, blocked or not run as not passed, and leaves out MAY and what does not apply', () => {
    const { counts } = report;
    expect([counts.pass, counts['not-applicable'], counts.no]).toEqual([1, 1, 1]);
    expect(read(report)).toMatchObject({ message: 'not conformant, 1/7 passed, 2026-01-01', color: 'red' });
  });
});

function passed(): Report {
  return {
    ...report,
    ...judge(
      report.judged.filter(({ id }) => id === 'a.pass'),
      [],
    ),
  };
}

function withFailures(count: number, got: string): Report {
  const [row] = report.judged;
  if (row === undefined) throw new Error('the report is empty');
  const result = { kind: 'broken' as const, differences: [{ at: '', wanted: 'x', got }] };
  const outcomes = Array.from({ length: count }, (_, index) => ({ ...row, id: `a.${index}`, result }));
  return { ...report, ...judge(outcomes, []) };
}
