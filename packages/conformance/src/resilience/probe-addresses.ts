import type { Answer } from '../answer.js';
import type { AddressMade } from '../fixtures/an-address.js';
import { plainText } from '../net.js';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import type { Findings } from './findings.js';
import type { Life } from './life.js';
import type { Standing } from './standing.js';
import { heldClause, poolOf } from './steps.js';
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
  { has, had }: Standing,
  world: World,
  findings: Findings,
): Promise<void> {
  const steps = [
    ['request-gateway', life.gateway],
    ['request-address', life.address],
  ] as const;
  const those = (is: (step: string) => boolean) => steps.flatMap(([name, made]) => (made && is(name) ? [made] : []));
  const pool = callsOf(life, world);
  const chosen = await choosesAnother(those(has), pool);
  findings.note(
    'addresses',
    heldClause(world.features),
    'the pool is there, and its held addresses are not chosen again',
    chosen.differences,
  );
  // Where the pool is lost, a refusal of held addresses says nothing.
  if (chosen.isLost) return;
  if (those(has).length > 0 && !world.features.has('replay'))
    findings.note(
      'in-use',
      'ipam-driver.request-address.in-use',
      'held addresses are refused by name',
      await refusesHeld(those(has), pool),
    );
  if (those(had).length > 0)
    findings.note(
      'released',
      'ipam-driver.release-address.frees',
      'released addresses can be had again',
      await grantsReleased(those(had), pool),
    );
}

function callsOf(life: Life, world: World): Pool {
  const { id: PoolID, needsMac } = poolOf(life);
  return {
    ask: (Address) =>
      world.call(op, {
        PoolID,
        Address,
        Options: needsMac ? { 'com.docker.network.endpoint.macaddress': world.draw.mac() } : null,
      }),
    release: (Address) => world.call('IpamDriver.ReleaseAddress', { PoolID, Address }),
  };
}

async function choosesAnother(
  held: readonly AddressMade[],
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

async function refusesHeld(held: readonly AddressMade[], { ask }: Pool): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const { ip } of held) {
    const answer = await ask(ip);
    if (answer.outcome === 'success')
      differences.push({ at: op, wanted: `a refusal of ${ip}, which is held`, got: 'success' });
  }
  return differences;
}

async function grantsReleased(
  released: readonly AddressMade[],
  { ask, release }: Pool,
): Promise<readonly Difference[]> {
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
