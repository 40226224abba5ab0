import { XMLParser, XMLValidator } from 'fast-xml-parser';
import color from 'picocolors';
import { describe, expect, it } from 'vitest';
import { junitReport } from '../src/reports/junit.js';
import { textReport } from '../src/reports/text.js';
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

describe('the text report', () => {
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
