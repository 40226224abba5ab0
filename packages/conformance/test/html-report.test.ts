import { createHash } from 'node:crypto';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Report } from '../src/report.js';
import { htmlReport } from '../src/reports/html.js';
import { htmlScript } from '../src/reports/html-script.js';
import { htmlStyle } from '../src/reports/html-style.js';
import { hostile, reportOf } from './report-of.js';

/** An element as fast-xml-parser keeps it in order: its children under its name, its attributes under `:@`. */
type Node = Readonly<Record<string, unknown>>;

/** The page without the text of its script and style, which are checked by themselves. */
function bare(html: string): string {
  return html.replace(htmlScript.html, '').replace(htmlStyle.html, '');
}

/** Every element and the names of its attributes, in order: what a browser takes for markup. */
function skeleton(html: string): readonly string[] {
  const walk = (nodes: readonly Node[]): readonly string[] =>
    nodes.flatMap((node) => {
      const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
      if (name === undefined) return [];
      return [`${name} ${Object.keys(node[':@'] ?? {}).join(' ')}`.trim(), ...walk(node[name] as readonly Node[])];
    });
  const options = { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', maxNestedTags: 100 };
  return walk(new XMLParser(options).parse(bare(html)) as readonly Node[]);
}

/** The checks in the order of the page. */
function checksOf(
  html: string,
): readonly { readonly id: string; readonly verdict: string; readonly isOpen: boolean }[] {
  return [...html.matchAll(/<details class="check" id="check-([^"]*)"[^>]* data-verdict="([^"]*)"( open="")?>/g)].map(
    ([, id = '', verdict = '', open]) => ({ id, verdict, isOpen: open !== undefined }),
  );
}

const report = reportOf(hostile, hostile);
const html = htmlReport(report);

describe('the page', () => {
  it('has the markup of a harmless report, whatever the target said', () => {
    expect(XMLValidator.validate(bare(html))).toBe(true);
    expect(skeleton(html)).toEqual(skeleton(htmlReport(reportOf('plain', ' plain'))));
    for (const part of ['<img', '<b>|', '<!-- ', '" onfocus', ']]><', '`']) expect(bare(html)).not.toContain(part);
  });

  it('says how to mend what is broken, and nothing else', () => {
    const parts = html
      .split('<details class="check" id="check-')
      .filter((part) => part.includes('<b>To mend it</b>: '));
    expect(parts.map((part) => part.slice(0, 3)).sort()).toEqual(['b.f', 'f.k', 'g.w', 'i.f']);
  });

  it('leaves nothing out', () => {
    for (const part of [
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      '&quot; onfocus=&quot;',
      '&#39; --&gt;&lt;!-- &#96;',
      '&amp;lt;',
    ])
      expect(html).toContain(part);
  });

  it('shows what cannot be seen', () => {
    expect(html).not.toMatch(/[^\P{C}\n\p{Cn}\p{Co}]|[\u2028\uFFFE]/u);
    expect(html).toContain('\\u202e\\u2066\\u200b\\u2028\\u{e0041}\\ud800\\ufffe');
  });

  it('loads nothing, and runs only the script and the style that it comes with', () => {
    const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1]?.replaceAll('&#39;', "'");
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style, script] = ['style', 'script'].map((tag) => html.split(`<${tag}>`)[1]?.split(`</${tag}>`)[0] ?? '');
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style ?? '')}; script-src ${hash(script ?? '')}; base-uri 'none'; form-action 'none'`,
    );
    expect(skeleton(html).filter((tag) => / (src|href|style|on\w+|action)\b/.test(tag))).toEqual([]);
  });

  it('says verdict, target, date, seed and how long it took', () => {
    const text = htmlReport(reportOf('x'));
    for (const part of [
      '<h1>Not conformant</h1>',
      'unix:///run/x.sock',
      'network-driver',
      '2026-01-01 00:00:00 UTC',
      '0.0 s',
      '9 of the 9',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('has the figures of the report', () => {
    const told = [...html.matchAll(/<li class="([\w-]+)"><b>(\d+)<\/b>/g)].map(([, name, count]) => [
      name,
      Number(count),
    ]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(some(report)));
    const foot = html.match(/<tfoot>.*<\/tfoot>/)?.[0] ?? '';
    const sums = [...foot.matchAll(/<td>(\d+)<\/td>/g)].map(([, count]) => Number(count));
    expect(sums).toEqual([...some(report).map(([, count]) => count), report.judged.length]);
    expect(html).toMatch(/<th scope="row">network-driver<\/th><td>SHOULD<\/td>(<td>1?<\/td>)*<td>1<\/td><\/tr>/);
  });

  it('tells failures first, and opens what fails the run', () => {
    const checks = checksOf(html);
    expect(checks.map(({ verdict }) => verdict)).toEqual([
      'fail',
      'fail',
      'blocked',
      'error',
      'warn',
      'pass',
      'not-applicable',
      'known',
      'no',
    ]);
    expect(checks.filter(({ isOpen }) => isOpen).map(({ verdict }) => verdict)).toEqual([
      'fail',
      'fail',
      'blocked',
      'error',
    ]);
  });

  it('puts what --bail left unrun among the others, closed', () => {
    const result = { kind: 'error', reason: 'x', ended: 'bail' } as const;
    const judged = report.judged.map((row) => (row.id === 'd.error' ? { ...row, result } : row));
    const checks = checksOf(htmlReport({ ...report, judged }));
    expect(checks.map(({ id }) => id).indexOf('d.error')).toBeGreaterThan(4);
    expect(checks.find(({ id }) => id === 'd.error')?.isOpen).toBe(false);
  });

  it('tells differences, reasons, what is left behind and the call of a check', () => {
    const text = htmlReport(reportOf('it'));
    for (const part of [
      '<dt>at</dt><dd>it</dd>',
      '<dt>wanted</dt><dd>x it</dd>',
      '<dt>got</dt><dd>it</dd>',
      '<b>Outcome</b>: it',
      '<b>Outcome</b>: known: bug 7',
      'Left behind: it',
      'no answer: it',
      '<pre>curl -sS --unix-socket /run/x.sock',
      'There were 2 calls; those of a check that holds are not kept.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('stays small when the target says a lot, and does not offer half a command', () => {
    const long = htmlReport(reportOf('<'.repeat(1_000_000)));
    expect(long.length).toBeLessThan(500_000);
    expect(long).toContain('… (1000000 characters)');
    expect(long).not.toContain('class="copy"');
  });

  it('has room for a target that fails everything', () => {
    const [row] = reportOf('x'.repeat(16_384)).judged.filter(({ verdict }) => verdict === 'fail');
    if (row === undefined) throw new Error('the report has no failure');
    const evidence = Array.from({ length: 100 }, () => row.evidence[0]).flatMap((each) => each ?? []);
    const judged = Array.from({ length: 500 }, (_, index) => ({ ...row, id: `a.${index}`, evidence }));
    expect(htmlReport({ ...report, judged }).length).toBeLessThan(16_000_000);
  });
});

/** The verdicts that occur in a report, with how often. */
function some({ counts }: Report): readonly (readonly [string, number])[] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}
