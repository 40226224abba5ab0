import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Operation, operations, operationsOf, type SchemaName, validate } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  compareWithSchema,
  noComparison,
  requiredMembers,
  schemasBelow,
} from './definition/compare-with-schema.js';
import { dockerEngine } from './engines/docker-engine.js';
import { onEngine } from './engines/on-engine.js';
import { podmanEngine } from './engines/podman-engine.js';
import { type TourCall, tourOf } from './engines/tour.js';
import { commands } from './recordings/recording.js';

const folder = join(import.meta.dirname, '..', 'recordings', 'engine-api');

describe.each(['docker-20.10.24', 'podman-4.3.1'])('The definition of the engine face, held against %s', (engine) => {
  holds(async () => recorded(engine));
});

for (const kind of [dockerEngine, podmanEngine]) {
  onEngine(kind, (engine) => {
    holds(async () => tourOf(engine().host.slice('unix://'.length), await engine().importImage()));
  });
}

describe('The definition of the engine face', () => {
  it('describes what the docker command showed of a network and an endpoint', () => {
    const shown = (start: string) => {
      const found = commands('01-network-lifecycle-ipv4').find(({ args }) => args.join(' ').startsWith(start));
      return JSON.parse(found?.printed ?? '');
    };
    expect(validate('Network' as SchemaName, shown('network inspect n'))).toEqual([]);
    expect(validate('EndpointSettings' as SchemaName, shown('inspect c1').n)).toEqual([]);
  });

  it('calls no field required that no engine sent', () => {
    const { seen } = compareAll(['docker-20.10.24', 'podman-4.3.1'].flatMap(recorded));
    const answers = operationsOf('engine').flatMap(({ responses }) =>
      Object.values(responses).map(({ schema }) => schema),
    );
    const names = schemasBelow(answers.filter((name) => name !== undefined) as SchemaName[]);
    expect([...names].flatMap(requiredMembers).filter((member) => !seen.has(member))).toEqual([]);
  });
});

/**
 * Schemas of which the definition has the networking part alone. In them other fields may come, but none whose name
 * speaks of networks; Podman's NetworkingConfig is always null, a member of a Go struct that came along.
 */
const parts = /^(SystemInfo|SwarmInfo|Container(InspectResponse|State|Config|Summary)|HostConfig)\./;
const networking = /Network(?!ingConfig$)|Port|Dns|DNS|Mac[A-Z]|IP[A-Zv]|Link|Hosts|Gateway/;

function isForNetworks(field: string): boolean {
  return !parts.test(field) || networking.test(field.replace(parts, ''));
}

function holds(calls: () => Promise<readonly TourCall[]>): void {
  it('describes every answer and names every field that came', async () => {
    const found = await calls();
    for (const call of found) expect({ ...call, problems: problemsOf(call) }).toEqual({ ...call, problems: [] });
    expect([...compareAll(found).unknown].filter(isForNetworks)).toEqual([]);
  });
}

function recorded(engine: string): readonly TourCall[] {
  const lines = readFileSync(join(folder, `${engine}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as TourCall);
}

function problemsOf({ operation, request, status, answer }: TourCall): readonly unknown[] {
  const row = rowOf(operation);
  const declared = row.responses[String(status)];
  if (declared === undefined) return [`${operation} does not declare ${status}`];
  const inRequest =
    request === undefined || !row.request || status >= 400 ? [] : validate(row.request.schema as SchemaName, request);
  const values = declared.stream && Array.isArray(answer) ? answer : [answer];
  const inAnswer = declared.schema ? values.flatMap((value) => validate(declared.schema as SchemaName, value)) : [];
  return [...inRequest, ...inAnswer];
}

function compareAll(calls: readonly TourCall[]): Comparison {
  const comparison = noComparison();
  for (const { operation, request, status, answer } of calls) {
    const row = rowOf(operation);
    if (row.request && request !== undefined) compareWithSchema(row.request.schema as SchemaName, request, comparison);
    const declared = row.responses[String(status)];
    if (declared?.schema) {
      const values = declared.stream && Array.isArray(answer) ? answer : [answer];
      for (const value of values) compareWithSchema(declared.schema as SchemaName, value, comparison);
    }
  }
  return comparison;
}

function rowOf(id: string): Operation {
  const row = Object.values<Operation>(operations).find((each) => each.id === id);
  if (row === undefined) throw new Error(`the definition has no operation ${id}`);
  return row;
}
