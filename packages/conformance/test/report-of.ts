import { type ClauseId, clauses } from '@opencnm/spec';
import { judge } from '../src/judge.js';
import type { Outcome, Result } from '../src/outcome.js';
import type { Report } from '../src/report.js';
import { plainSettings } from '../src/settings.js';

/** What a target may say to be taken for markup, for the end of something, or for what it is not. */
export const hostile = [
  ']]><failure/></script></style></pre></details><script>alert(1)</script><img src=x onerror=alert(2)>',
  '" onfocus="alert(3)" autofocus=\' --><!-- ` `` ```',
  '![x](https://evil.example/x.png) [y](javascript:alert(4)) @everyone www.evil.example <b>|</b> $`x`$',
  '\u001b[31mred\u0000\r\n# heading\n- item\n\n| a |\n| - |',
  '\u202e\u2066\u200b\u2028\u{e0041}\uD800\uFFFE"\'&&lt;',
].join(' ');

/** A clause that the outcomes cite. */
export const clause = Object.keys(clauses).find((id) => id.startsWith('network-driver.')) as ClauseId;

/** A report in which a target says `text` wherever it can; `name` stands in an id, a title and the address. */
export function reportOf(text: string, name = ''): Report {
  const one = (id: string, result: Result, level = 'MUST') => outcome(id, result, level, text);
  const difference = { at: text, wanted: `x ${text}`, got: text };
  const outcomes = [
    one('a.pass', { kind: 'held' }),
    one('b.fail', { kind: 'broken', differences: [difference] }),
    one('c.blocked', { kind: 'blocked', reason: text }),
    one('d.error', { kind: 'error', reason: text }),
    one('e.missing', { kind: 'not-applicable', reason: text }),
    one('f.known', { kind: 'broken', differences: [] }),
    one('g.warn', { kind: 'broken', differences: [{ ...difference, at: '' }] }, 'SHOULD'),
    one('h.no', { kind: 'broken', differences: [difference] }, 'MAY'),
    { ...one('i.fail', { kind: 'broken', differences: [difference] }), id: `i.fail${name}`, title: `title${name}` },
  ];
  return {
    reportVersion: 1,
    suite: { version: '0', checks: 9 },
    target: { url: `unix:///run/x.sock${name}`, profiles: ['network-driver'], features: [] },
    settings: plainSettings,
    seed: 1,
    budget: 100,
    startedAt: '2026-01-01T00:00:00.000Z',
    ms: 5,
    ...judge(outcomes, [{ id: 'f.known', reason: 'bug 7' }]),
  };
}

function outcome(id: string, result: Result, level: string, text: string): Outcome {
  const answered = {
    step: 'act' as const,
    operation: 'NetworkDriver.Join',
    request: {
      method: 'POST',
      path: `/NetworkDriver.Join${text}`,
      headers: { Accept: text },
      body: `{"a":"it's ${text}"}`,
    },
    response: { status: 200, headers: { 'content-type': text }, body: text },
    ms: 1,
  };
  const { response, ...unanswered } = { ...answered, failure: text };
  const evidence = result.kind === 'held' ? [] : [answered, { ...unanswered, operation: text }];
  return {
    id,
    clause,
    face: 'network-driver',
    level,
    title: `title ${id}`,
    result,
    leftBehind: [text],
    evidence,
    exchanges: 2,
    ms: 1,
  };
}
