import { type Operation, operations, type SchemaName, validate } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { compareWithSchema, noComparison, requiredMembers, schemasBelow } from './definition/compare-with-schema.js';
import { healthyScenarios, type RecordedCall, recording, scenarios } from './recordings/recording.js';

const rows = new Map(Object.values<Operation>(operations).map((row) => [row.path, row]));
const driverFaces = ['plugin', 'network-driver', 'ipam-driver'];

describe('The definition of the driver faces, held against the recordings of Docker Engine', () => {
  it.each(scenarios)('describes every request of %s', (scenario) => {
    for (const call of recording(scenario)) {
      const { request } = rowOf(call);
      if (request === undefined) expect(call.body, call.path).toBeNull();
      else expect({ [call.path]: validate(request.schema as SchemaName, call.body) }).toEqual({ [call.path]: [] });
    }
  });

  it.each(healthyScenarios)('describes every answer of %s', (scenario) => {
    for (const call of recording(scenario)) {
      expect({ [call.path]: validate(answerOf(call), call.response) }).toEqual({ [call.path]: [] });
    }
  });

  it('names every field that was seen on the wire', () => {
    // In 20 and 22 the driver was made to put its error under the key of the other face.
    expect([...compareAll().unknown].sort()).toEqual(['IpamResponse.Err', 'RequestPoolResponse.Err']);
  });

  it('calls no field required that was never seen, but those of calls that no recording has', () => {
    const { seen } = compareAll();
    const names = Object.values<Operation>(operations)
      .filter(({ face }) => driverFaces.includes(face))
      .flatMap(({ request, responses }) => [request?.schema, ...Object.values(responses).map(({ schema }) => schema)])
      .filter((name) => name !== undefined);
    const required = [...schemasBelow(names as SchemaName[])].flatMap(requiredMembers);
    expect(required.filter((member) => !seen.has(member)).sort()).toEqual([
      // The recorder began after the handshake.
      'ActivateResponse.Implements',
      // No recorded driver gave routes.
      'StaticRoute.Destination',
    ]);
  });

  it('has an operation for every recorded path and lacks recordings of the named operations only', () => {
    const recorded = new Set(scenarios.flatMap(recording).map(({ path }) => path.slice(1)));
    const defined = Object.values<Operation>(operations).filter(({ face }) => driverFaces.includes(face));
    expect(
      defined
        .filter(({ id }) => !recorded.has(id))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['NetworkDriver.DiscoverDelete', 'NetworkDriver.GwAllocCheck', 'Plugin.Activate']);
  });
});

function compareAll() {
  const comparison = noComparison();
  for (const call of scenarios.flatMap(recording)) {
    const { request } = rowOf(call);
    if (request !== undefined) compareWithSchema(request.schema as SchemaName, call.body, comparison);
  }
  for (const call of scenarios.flatMap(recording)) compareWithSchema(answerOf(call), call.response, comparison);
  return comparison;
}

function rowOf({ method, path }: RecordedCall): Operation {
  const row = rows.get(path);
  if (row === undefined || row.method !== method) throw new Error(`the definition has no operation ${method} ${path}`);
  return row;
}

function answerOf(call: RecordedCall): SchemaName {
  const { responses } = rowOf(call);
  const schema = (responses[String(call.status)] ?? responses['default'])?.schema;
  if (schema === undefined) throw new Error(`the definition has no answer ${call.status} of ${call.path}`);
  return schema as SchemaName;
}
