import type { Answer } from '../answer.js';
import { addressOptions } from '../fixtures/an-address.js';
import { plainText } from '../net.js';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import type { Findings } from './findings.js';
import { grantedWhere, poolOf } from './granted.js';
import { heldClause } from './held-clause.js';
import { type Granted, type Life, stepName, type Version } from './life.js';
import type { Standing } from './standing.js';
import { bodyOf, succeeded } from './take-step.js';

const op = 'IpamDriver.RequestAddress';

interface Pool {
  /** Asks for an address; '' lets the driver choose. */
  readonly ask: (ip: string) => Promise<Answer>;
  readonly release: (ip: string) => Promise<unknown>;
}

/** In a pool that is held, held addresses are given to nobody else, and released ones can be had again. */
export async function probeAddresses(
  life: Life,
  version: Version,
  { has, had }: Standing,
  world: World,
  findings: Findings,
): Promise<void> {
  const name = (base: string) => stepName(base, { version });
  const words = version === 6 ? 'IPv6 ' : '';
  const held = grantedWhere(life, version, has);
  const released = grantedWhere(life, version, had);
  const pool = callsOf(life, version, world);
  const chosen = await choosesAnother(held, pool);
  findings.note(
    name('addresses'),
    heldClause(world.features),
    `the ${words}pool is there, and its held addresses are not chosen again`,
    chosen.differences,
  );
  // Where the pool is lost, a refusal of held addresses says nothing.
  if (chosen.isLost) return;
  if (held.length > 0 && !world.features.has('replay'))
    findings.note(
      name('in-use'),
      'ipam-driver.request-address.in-use',
      `held ${words}addresses are refused by name`,
      await refusesHeld(held, pool),
    );
  if (released.length > 0)
    findings.note(
      name('released'),
      'ipam-driver.release-address.frees',
      `released ${words}addresses can be had again`,
      await grantsReleased(released, pool),
    );
}

function callsOf(life: Life, version: Version, world: World): Pool {
  const pool = poolOf(life, version);
  const PoolID = pool.id;
  return {
    ask: (Address) => world.call(op, { PoolID, Address, Options: addressOptions(pool, world.draw) }),
    release: (Address) => world.call('IpamDriver.ReleaseAddress', { PoolID, Address }),
  };
}

async function choosesAnother(
  held: readonly Granted[],
  { ask, release }: Pool,
): Promise<{ readonly isLost: boolean; readonly differences: readonly Difference[] }> {
  const answer = await ask('');
  const wrong = succeeded(op, answer);
  if (wrong.length > 0) return { isLost: true, differences: wrong };
  const ip = ipOf(answer);
  if (!held.some((own) => plainText(own.ip) === ip)) {
    await release(ip);
    return { isLost: false, differences: [] };
  }
  const double = { at: op, wanted: 'an address that nobody has', got: `${printed(ip)}, which is held` };
  return { isLost: false, differences: [double] };
}

async function refusesHeld(held: readonly Granted[], { ask }: Pool): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const { ip } of held) {
    const answer = await ask(ip);
    if (answer.outcome === 'success')
      differences.push({ at: op, wanted: `a refusal of ${ip}, which is held`, got: 'success' });
  }
  return differences;
}

async function grantsReleased(released: readonly Granted[], { ask, release }: Pool): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const { ip } of released) {
    const answer = await ask(ip);
    differences.push(...succeeded(op, answer));
    if (answer.outcome === 'success') await release(ip);
  }
  return differences;
}

function ipOf(answer: Answer): string {
  return plainText(String(bodyOf(answer)['Address']).split('/')[0] ?? '');
}
