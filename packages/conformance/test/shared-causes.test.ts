import color from 'picocolors';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../src/reports/html.js';
import { markdownReport } from '../src/reports/markdown.js';
import { sharedCauses } from '../src/reports/shared-causes.js';
import { textReport } from '../src/reports/text.js';
import { reportOf } from './report-of.js';

const report = reportOf('x');

/** As many failures as there are reasons. */
function failures(reasons: readonly string[]) {
  const row = report.judged.find(({ id }) => id === 'b.fail');
  return row ? reasons.map((reason, index) => ({ ...row, id: `b.${index}`, reason })) : [];
}

const address = (host: number) => `/Gateway must match format "ipv4-or-empty", and is "10.0.0.${host}/24"`;
const wrong = [
  `NetworkDriver.Join: wanted an answer as the definition says, got ${address(1)}`,
  `NetworkDriver.Join (2 of 20): wanted an answer as the definition says, got ${address(2)}; x: wanted y, got z`,
  `afterwards, NetworkDriver.Join: wanted an answer as the definition says, got ${address(3)}`,
  `call 3 of the sequence, NetworkDriver.Join: wanted an answer as the definition says, got ${address(4)}`,
  `NetworkDriver.Join answered against its schema: ${address(5)}`,
];
const cause = 'NetworkDriver.Join answers /Gateway must match format "ipv4-or-empty"';
const told = `5 checks meet one cause, to be mended first: ${cause}`;

describe('a cause that many checks share', () => {
  it('is found wherever they met it, once for each', () => {
    expect(sharedCauses(failures(wrong))).toEqual([told]);
    expect(sharedCauses(failures(wrong.map((reason) => `${reason}; ${reason}`)))).toEqual([told]);
  });

  it('is none of a few checks, or of checks that hold', () => {
    expect(sharedCauses(failures(wrong.slice(1)))).toEqual([]);
    const green = failures(wrong).map((row) => ({ ...row, verdict: 'pass' as const }));
    expect(sharedCauses(green)).toEqual([]);
  });

  it('is a refusal of what they prepare, whatever ids are in it', () => {
    const refusals = [...'12345'].map(
      (digit) =>
        `NetworkDriver.CreateNetwork was refused: network ${digit.repeat(64)} needs acme.vlan in 10.0.${digit}.0/24`,
    );
    expect(sharedCauses(failures(refusals))).toEqual([
      '5 checks meet one cause, to be mended first: NetworkDriver.CreateNetwork is refused: network … needs acme.vlan in … (what a driver wants for it is told with --network-option, --pool, --gateway, --ipam)',
    ]);
  });

  it('blocks checks that a terminal is told of together, the first in full', () => {
    const rows = failures(Array.from({ length: 12 }, (_, n) => `IpamDriver.RequestPool was refused: no ${n}${n} user`));
    const judged = rows.map((row) => ({
      ...row,
      verdict: 'blocked' as const,
      result: { kind: 'blocked' as const, reason: row.reason },
    }));
    const text = textReport({ ...report, judged }, color.createColors(false));
    expect(text.match(/^BLOCKED .*/gm)).toEqual(['BLOCKED b.0 (MUST, network-driver)']);
    expect(text.replaceAll(/\n */g, ' ')).toContain('And so in b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8, 3 more');
  });

  it('comes with the most frequent first', () => {
    const more = Array.from({ length: 9 }, () => 'NetworkDriver.CreateEndpoint was refused: busy');
    expect(sharedCauses(failures([...wrong, ...more])).map((each) => each.slice(0, 8))).toEqual([
      '9 checks',
      '5 checks',
    ]);
  });

  it('is told by the reports that people read', () => {
    const judged = failures(wrong);
    expect(textReport({ ...report, judged }, color.createColors(false)).replaceAll('\n', ' ')).toContain(told);
    expect(markdownReport({ ...report, judged })).toContain(`**${told}**`);
    expect(htmlReport({ ...report, judged })).toContain(`<b>${told.replaceAll('"', '&quot;')}</b>`);
  });

  it('is looked for in no time, and is no markup, whatever a target says', () => {
    const evil = '<img src=x> \u001b[31m';
    const long = ['x', '1', 'a.', ':', 'f'].map((part) => part.repeat(200_000));
    const reasons = long.map((text) => `NetworkDriver.Join was refused: ${evil}${text}`);
    const started = performance.now();
    sharedCauses(failures([...reasons, ...long, ...long.map((text) => `${text} was refused: ${text}`)]));
    expect(performance.now() - started).toBeLessThan(1000);
    const judged = failures(wrong.map(() => `NetworkDriver.Join was refused: ${evil}`));
    expect(sharedCauses(judged)[0]).toContain('<img src=x> \\u001b[…m');
    expect(htmlReport({ ...report, judged })).not.toContain('<img');
  });
});
