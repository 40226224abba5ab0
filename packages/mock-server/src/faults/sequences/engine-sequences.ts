import { setTimeout as delay } from 'node:timers/promises';
import type { FaultId, Network, NetworkCreateRequest } from '@opencnm/spec';
import { refusal, statusOf } from '../engine/on-engine.js';
import { engineFault } from '../engine-faults.js';
import type { Fault } from '../fault.js';

type EngineSequenceFaultId = Extract<FaultId, `engine.sequence.${string}`>;

/** For how long a fault does not see what else is under way, in ms. */
const blindMs = 5;
const subnetOf = ({ IPAM }: NetworkCreateRequest) => IPAM?.Config?.[0]?.Subnet ?? '';

/** Faults of engines that only sequences and overlapping calls show. */
export const engineSequenceFaults = {
  'engine.sequence.any-order#pruned-name-stays': engineFault((inner) => {
    const pruned = new Set<string>();
    return {
      async networkPrune(input, context) {
        const answer = await inner.networkPrune(input, context);
        for (const name of answer.NetworksDeleted ?? []) pruned.add(name);
        return answer;
      },
      async networkCreate(input, context) {
        if (pruned.has(input.body.Name)) throw refusal(409, `network with name ${input.body.Name} already exists`);
        return inner.networkCreate(input, context);
      },
    };
  }),
  'engine.sequence.any-order#refused-subnet-stays': engineFault((inner) => {
    let refused: readonly string[] = [];
    return {
      async networkCreate(input, context) {
        const subnet = subnetOf(input.body);
        if (refused.includes(subnet)) throw refusal(403, 'Pool overlaps with other one on this address space');
        try {
          return await inner.networkCreate(input, context);
        } catch (error) {
          if (statusOf(error) === 403 && subnet !== '') refused = [...refused, subnet].slice(-3);
          throw error;
        }
      },
    };
  }),
  'engine.sequence.any-order#delete-by-name-late': engineFault((inner) => {
    let ghost: Network | undefined;
    const hasLabel = (labels: readonly string[] = []) => labels.some((label) => ghost?.Labels?.[label] !== undefined);
    return {
      async networkDelete(input, context) {
        const network = (await inner.networkList({}, context)).find(({ Name }) => Name === input.id);
        await inner.networkDelete(input, context);
        ghost = network;
      },
      async networkList(input, context) {
        const rows = await inner.networkList(input, context);
        return ghost && hasLabel(input.filters?.label) ? [...rows, ghost] : rows;
      },
    };
  }),
  'engine.sequence.any-order#second-prune-empty': engineFault((inner) => {
    const prunes = new Map<string, number>();
    return {
      async networkPrune(input, context) {
        const key = JSON.stringify(input.filters);
        const count = (prunes.get(key) ?? 0) + 1;
        prunes.set(key, count);
        return count % 2 === 0 ? { NetworksDeleted: [] } : inner.networkPrune(input, context);
      },
    };
  }),
  'engine.sequence.at-once#subnet-twice': engineFault((inner) => {
    const recent = new Set<string>();
    return {
      async networkCreate(input, context) {
        const subnet = subnetOf(input.body);
        const isSecond = recent.has(subnet);
        recent.add(subnet);
        void delay(blindMs).then(() => recent.delete(subnet));
        const { IPAM: _, ...body } = input.body;
        return inner.networkCreate(isSecond ? { ...input, body } : input, context);
      },
    };
  }),
  'engine.sequence.at-once#create-lost': engineFault((inner) => {
    let first: Promise<{ readonly Id: string }> | undefined;
    return {
      async networkCreate(input, context) {
        const before = first;
        const own = inner.networkCreate(input, context);
        first = own;
        void delay(blindMs).then(() => {
          if (first === own) first = undefined;
        });
        const lost = await before?.catch(() => undefined);
        if (lost) await inner.networkDelete({ id: lost.Id }, context);
        return own;
      },
    };
  }),
} satisfies Readonly<Record<EngineSequenceFaultId, Fault>>;
