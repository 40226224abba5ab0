import type { Report } from '@opencnm/conformance';

/** What a report says against a target, warnings and leftovers included, each in a line. */
export function complaints({ judged }: Report): readonly string[] {
  return judged
    .filter(
      ({ verdict, leftBehind }) =>
        ['fail', 'warn', 'blocked', 'error', 'stale', 'inconclusive'].includes(verdict) || leftBehind.length > 0,
    )
    .map(({ id, verdict, reason, leftBehind }) => `${id}: ${verdict}: ${reason} ${leftBehind.join('; ')}`.trim());
}
