import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Clause,
  clauses,
  type Operation,
  type OperationId,
  operation,
  operations,
  operationsOf,
  type SchemaName,
  schemas,
  validate,
} from '../src/index.js';

type Json = { [key: string]: unknown };
const document = JSON.parse(readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8')) as Json;

/** Every property schema of the definition, with where it stands. */
function* properties(schema: unknown, at: string): Generator<[string, Json]> {
  if (schema === null || typeof schema !== 'object') return;
  const { properties: own, items, additionalProperties } = schema as Json;
  for (const [name, property] of Object.entries((own ?? {}) as Json)) {
    yield [`${at}.${name}`, property as Json];
    yield* properties(property, `${at}.${name}`);
  }
  yield* properties(items, `${at}[]`);
  yield* properties(additionalProperties, `${at}{}`);
}

describe('the definition', () => {
  it.each(Object.keys(schemas))('describes every property of %s', (name) => {
    for (const [at, property] of properties(schemas[name as SchemaName], name)) {
      expect(property['description'], `${at} needs a description`).toBeTypeOf('string');
    }
  });

  const examples = Object.entries(document['paths'] as Record<string, Record<string, Json>>).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([verb, row]) => bodies(row).map((body) => [`${verb} ${path}`, body] as const)),
  );

  it.each(examples)('gives an example of %s that its schema accepts', (_, { schema, example }) => {
    expect(validate(schema, example)).toEqual([]);
  });

  it('has an example for most bodies', () => expect(examples.length).toBeGreaterThan(30));

  it.each(Object.keys(operations))('summarises %s', (id) => {
    expect(operation(id as OperationId).summary.length).toBeGreaterThan(8);
  });

  it.each(operationsOf('engine').filter(({ method }) => method !== 'HEAD'))('lets $id refuse with a message', (row) => {
    const refusals = Object.entries(row.responses).filter(([status]) => Number(status) >= 400);
    expect(refusals.length).toBeGreaterThan(0);
    for (const [status, { schema }] of refusals) expect(schema, status).toBe('ErrorResponse');
  });

  it('gives every operation of an engine a place of its own in a client', () => {
    const places = operationsOf('engine').map(({ group, verb }) => `${group}.${verb}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each<readonly [SchemaName, readonly string[]]>([
    [
      'NetworkOptions',
      ['com.docker.network.enable_ipv4', 'com.docker.network.enable_ipv6', 'com.docker.network.internal'],
    ],
    [
      'GenericOptions',
      [
        'com.docker.network.driver.mtu',
        'com.docker.network.driver.overlay.vxlanid_list',
        'com.docker.network.container_iface_prefix',
        'com.docker.network.host_ipv4',
        'com.docker.network.host_ipv6',
        'com.docker.network.advertise_addr_nmsgs',
        'com.docker.network.advertise_addr_ms',
      ],
    ],
    [
      'EndpointOptions',
      [
        'com.docker.network.portmap',
        'com.docker.network.endpoint.exposedports',
        'com.docker.network.endpoint.macaddress',
        'com.docker.network.endpoint.dnsservers',
        'com.docker.network.endpoint.sysctls',
        'com.docker.network.endpoint.ifname',
      ],
    ],
    [
      'SandboxOptions',
      [
        'com.docker.network.portmap',
        'com.docker.network.endpoint.exposedports',
        'com.docker.network.driver.private.no_proxy_6to4',
      ],
    ],
    ['RequestPoolRequest', ['com.docker.network.ipam.serial', 'RequestAddressType']],
    ['RequestPoolResponse', ['com.docker.network.gateway']],
    [
      'RequestAddressRequest',
      [
        'RequestAddressType',
        'com.docker.network.endpoint.macaddress',
        'com.docker.network.endpoint.name',
        'com.docker.network.ipam.serial',
      ],
    ],
    ['EndpointConfig', ['com.docker.network.endpoint.sysctls', 'com.docker.network.endpoint.ifname']],
  ])('types every option of %s that engines know', (name, keys) => {
    const typed = [...properties(schemas[name], name)].filter(([, property]) => property['type'] ?? property['$ref']);
    for (const key of keys) expect(typed.map(([at]) => at).filter((at) => at.endsWith(`.${key}`))).not.toEqual([]);
  });

  it('says of the one call that is newer than the oldest engine since when it comes', () => {
    const young = Object.values<Operation>(operations).filter(({ since }) => since !== undefined);
    expect(young.map(({ id, since }) => [id, since])).toEqual([['NetworkDriver.GwAllocCheck', '28.0']]);
  });

  it('has clauses only about operations that exist', () => {
    for (const clause of Object.values<Clause>(clauses)) {
      for (const id of clause.operations) expect(Object.keys(operations)).toContain(id);
    }
  });
});

function bodies(row: Json): { schema: SchemaName; example: unknown }[] {
  const holders = [row['requestBody'], ...Object.values((row['responses'] ?? {}) as Json)] as (Json | undefined)[];
  return holders.flatMap((holder) =>
    Object.values(
      (holder?.['content'] ?? {}) as Record<string, { schema?: { $ref?: string }; example?: unknown }>,
    ).flatMap(({ schema, example }) =>
      schema?.$ref && example !== undefined ? [{ schema: schema.$ref.split('/').at(-1) as SchemaName, example }] : [],
    ),
  );
}
