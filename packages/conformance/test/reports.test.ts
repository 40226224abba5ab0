import { XMLParser, XMLValidator } from 'fast-xml-parser';
import color from 'picocolors';
import { describe, expect, it } from 'vitest';
import { isUnedited } from '../src/read-report.js';
import { jsonReport } from '../src/reports/json.js';
import { junitReport } from '../src/reports/junit.js';
import { script } from '../src/reports/script.js';
import { textReport } from '../src/reports/text.js';
import type { WrittenReport } from '../src/written-report.js';
import { clause, hostile, reportOf } from './report-of.js';

const report = reportOf(hostile);

describe('the JUnit report', () => {
  const xml = junitReport(report);
  interface Case {
    readonly '@_name': string;
    readonly failure?: unknown;
    readonly error?: unknown;
    readonly skipped?: unknown;
  }

  it('parses, whatever the target said', () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')).not.toContain('<script>');
  });

  it('has a child that CI systems read for each outcome', () => {
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml) as {
      testsuites: { testsuite: { testcase: Case[] } };
    };
    const kinds = parsed.testsuites.testsuite.testcase.map((each) => [
      each['@_name'].split(':')[0],
      'failure' in each ? 'failure' : 'error' in each ? 'error' : 'skipped' in each ? 'skipped' : 'passed',
    ]);
    expect(Object.fromEntries(kinds)).toEqual({
      'a.pass': 'passed',
      'b.fail': 'failure',
      'c.blocked': 'failure',
      'd.error': 'error',
      'e.missing': 'skipped',
      'f.known': 'skipped',
      'g.warn': 'passed',
      'h.no': 'passed',
      'i.fail': 'failure',
    });
  });
});

describe('the JUnit report of one row', () => {
  interface Told {
    readonly '#text': string;
    readonly '@_message': string;
  }
  interface Row {
    readonly '@_name': string;
    readonly failure?: Told;
    readonly error?: Told;
    readonly 'system-out'?: string;
  }
  const parser = new XMLParser({ ignoreAttributes: false });
  const parsed = parser.parse(junitReport(reportOf('no such pool'))) as {
    testsuites: { testsuite: { testcase: readonly Row[] } };
  };
  const rowOf = (id: string) => parsed.testsuites.testsuite.testcase.find((row) => row['@_name'].startsWith(id));

  it.each([
    ['b.fail', 'no such pool: wanted x no such pool, got no such pool'],
    ['c.blocked', 'no such pool'],
    ['d.error', 'no such pool'],
  ])('of %s has the reason for lists, and clause and calls below it', (id, reason) => {
    const { failure, error } = rowOf(id) ?? {};
    const told = failure ?? error;
    expect(told?.['@_message']).toBe(reason);
    expect(told?.['#text']).toContain(`${reason}\nClause: `);
    expect(told?.['#text']).toContain('\ncurl -sS ');
  });

  it.each([
    ['e.missing', 'no such pool'],
    ['f.known', 'known: bug 7'],
  ])('of %s says why it is skipped', (id, reason) => {
    expect(rowOf(id)?.['system-out']).toBe(reason);
  });

  it('of a search that ran out of steps is no pass', () => {
    const [row] = report.judged;
    if (!row) throw new Error('the report has no row');
    const unclear = { ...row, verdict: 'inconclusive', reason: 'too many orders' } as const;
    expect(junitReport({ ...report, judged: [unclear] })).toContain('<error message="too many orders"');
  });
});

describe('the script of a sequence', () => {
  it('takes the id of a pool from the answer, whatever a driver puts into ids', () => {
    const [row] = report.judged.filter(({ id }) => id === 'b.fail');
    const id = 'local,10.0.0.0/24=a|b {c}#(1)*$x';
    const call = (operation: string, answer: unknown) => ({
      step: 'act' as const,
      operation,
      request: { method: 'POST', path: `/${operation}`, headers: {}, body: JSON.stringify({ PoolID: id }) },
      response: { status: 200, headers: {}, body: JSON.stringify(answer) },
      ms: 1,
    });
    const evidence = [call('IpamDriver.RequestPool', { PoolID: id }), call('IpamDriver.ReleasePool', {})];
    const lines = row ? script({ ...row, evidence }, report).split('\n') : [];
    expect(lines.find((line) => line.includes('ReleasePool'))).toContain(`--data-raw '{"PoolID":"'"$v1"'"}'`);
  });
});

describe('the JSON report', () => {
  it('has nothing that cannot be seen, and says the same', () => {
    const json = jsonReport(report);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}]/u);
    const written = JSON.parse(json) as WrittenReport;
    expect(written.outcomes.find(({ id }) => id === 'c.blocked')?.reason).toBe(hostile);
    expect(isUnedited(written)).toBe(true);
  });
});

describe('the text report', () => {
  it('says what to do next where there is trouble', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain('"opencnm-conformance replay REPORT ID"');
    const green = { ...report, judged: report.judged.filter(({ verdict }) => verdict === 'pass') };
    expect(textReport(green, color.createColors(false))).not.toContain('replay REPORT');
  });

  it('has no line of a call that cannot be pasted which a shell would run', () => {
    const [row] = report.judged.filter(({ id }) => id === 'b.fail');
    const evidence = (row?.evidence ?? []).map((each) => ({
      ...each,
      request: { method: 'POST', path: '/x', headers: { 'Content-Length': '9999' }, body: '$(id) '.repeat(99) },
    }));
    const judged = row ? [{ ...row, evidence }] : [];
    const lines = textReport({ ...report, judged }, color.createColors(false)).split('\n');
    const from = lines.indexOf('  The calls that led there:') + 1;
    const told = lines.slice(
      from,
      lines.findIndex((line, index) => index > from && !line.startsWith('  #')),
    );
    expect(told.length).toBeGreaterThan(2);
    expect(told.join('').replaceAll('  # ', ' ')).toContain('run the check again with its seed');
  });

  it('says how to mend what is broken', () => {
    expect(text.match(/^ {2}To mend it: /gm)).toHaveLength(3);
  });

  const text = textReport(report, color.createColors(false));

  it('shows control characters of the target as escapes', () => {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}]/u);
    expect(text).toContain('\\u001b[31m');
  });

  it('names clause, what was wanted, what came, why, and the call', () => {
    expect(text).toContain(`Clause ${clause}`);
    expect(text).toContain('wanted x');
    expect(text).toContain('Why it matters:');
    expect(text).toContain('--unix-socket /run/x.sock');
  });

  it('fits 80 columns, but for calls to copy', () => {
    const wide = text
      .split('\n')
      .filter((line) => line.length > 80 && !line.includes('$ curl') && !line.includes('alert(1)'));
    expect(wide).toEqual([]);
  });
});
