import { asDefined } from '../as-defined.js';
import type { Judged } from '../outcome.js';
import { printable } from './printable.js';
import { shortened } from './shortened.js';
import { isTrouble } from './troubles.js';

/** How many checks meet a cause before it is told apart from them, and how many causes are told. */
const least = 5;
const most = 3;

/** An answer against its schema, as a check or one of its fixtures tells it: the operation, and what is wrong. */
const wrongAnswer = new RegExp(
  `\\b(\\w+(?:\\.\\w+)?)(?: \\(\\d+ of \\d+\\))?(?: answered against its schema: |: wanted ${asDefined}, got )(.+?)(?:, and is |;|$)`,
  'gs',
);

/** How much of what a target says is looked at. */
const looked = 400;

/** Why a fixture was refused; ids, addresses and numbers differ from check to check. */
const refused = /^(\w+(?:\.\w+)?) was refused: (.+)$/s;
const drawn = /\b[0-9a-f]{12,}\b|[\da-f]*[.:\d][\da-f.:/]*\d/gi;

/** What a driver may want for such a call, and how the suite is told. */
const wishes: Readonly<Record<string, string>> = {
  'NetworkDriver.CreateNetwork': '--network-option, --pool, --gateway, --ipam',
  'NetworkDriver.CreateEndpoint': '--address, --pool, --ipam',
  'IpamDriver.RequestPool': '--ipam-option, --pool',
  'IpamDriver.RequestAddress': '--address, --pool',
};

/** What many checks in trouble have in common, in sentences, so that it is mended first; the most frequent first. */
export function sharedCauses(judged: readonly Judged[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const cause of judged.filter(isTrouble).flatMap(causesOf)) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([cause, count]) => `${count} checks meet one cause, to be mended first: ${cause}`);
}

function causesOf({ reason }: Judged): readonly string[] {
  const causes = [...reason.slice(0, looked * 10).matchAll(wrongAnswer)].map(
    ([, operation, problem]) => `${operation} answers ${problem}`,
  );
  const refusal = refusalIn(reason);
  return [...new Set([...causes.map(inShort), ...(refusal ? [refusal] : [])])];
}

/** The refusal that blocks a check, in one line that is the same for each check that met it. */
export function refusalIn(reason: string): string | undefined {
  const [, operation, message = ''] = refused.exec(reason) ?? [];
  if (operation === undefined) return undefined;
  const wish = wishes[operation] ? ` (what a driver wants for it is told with ${wishes[operation]})` : '';
  return `${inShort(`${operation} is refused: ${message.slice(0, looked).replaceAll(drawn, '…')}`)}${wish}`;
}

function inShort(cause: string): string {
  return shortened(printable(cause).replaceAll(/\s+/g, ' '), 200);
}
