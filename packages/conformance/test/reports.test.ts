import { type ClauseId, clauses } from '@opencnm/spec';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import color from 'picocolors';
import { describe, expect, it } from 'vitest';
import { judge } from '../src/judge.js';
import type { Outcome, Result } from '../src/outcome.js';
import type { Report } from '../src/report.js';
import { junitReport } from '../src/reports/junit.js';
import { textReport } from '../src/reports/text.js';
import { plainSettings } from '../src/settings.js';

const hostile = `]]><failure/><script>alert(1)</script>\u001b[31mred\u0000\u202e"'&\uD800`;
const clause = Object.keys(clauses).find((id) => id.startsWith('network-driver.')) as ClauseId;

function outcome(id: string, result: Result): Outcome {
  const exchange = {
    step: 'act' as const,
    operation: 'NetworkDriver.Join',
    request: { method: 'POST', path: '/NetworkDriver.Join', headers: { Accept: 'x' }, body: `{"a":"it's ${hostile}"}` },
    response: { status: 200, headers: {}, body: hostile },
    ms: 1,
  };
  return {
    id,
    clause,
    face: 'network-driver',
    level: 'MUST',
    title: `title ${id}`,
    result,
    leftBehind: [],
    evidence: [exchange],
    exchanges: 1,
    ms: 1,
  };
}

const report: Report = {
  reportVersion: 1,
  suite: { version: '0', checks: 5 },
  target: { url: 'unix:///run/x.sock', profiles: ['network-driver'], features: [] },
  settings: plainSettings,
  seed: 1,
  budget: 100,
  startedAt: '2026-01-01T00:00:00.000Z',
  ms: 5,
  ...judge(
    [
      outcome('a.pass', { kind: 'held' }),
      outcome('b.fail', { kind: 'broken', differences: [{ at: hostile, wanted: 'x', got: hostile }] }),
      outcome('c.blocked', { kind: 'blocked', reason: hostile }),
      outcome('d.error', { kind: 'error', reason: hostile }),
      outcome('e.missing', { kind: 'not-applicable', reason: hostile }),
      outcome('f.known', { kind: 'broken', differences: [] }),
      {
        ...outcome('g.warn', { kind: 'broken', differences: [{ at: '', wanted: 'x', got: hostile }] }),
        level: 'SHOULD',
      },
    ],
    [{ id: 'f.known', reason: 'bug 7' }],
  ),
};

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
    });
  });
});

describe('the text report', () => {
  const text = textReport(report, color.createColors(false));

  it('shows control characters of the target as escapes', () => {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
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
