import { expect, it } from 'vitest';
import { check } from '../src/check.js';
import { aNetwork } from '../src/fixtures/a-network.js';

const row = {
  id: 'grammar.example',
  title: 'A check that the compiler accepts',
  clause: 'network-driver.delete-network.succeeds',
  op: 'NetworkDriver.DeleteNetwork',
  brokenBy: 'network-driver.delete-network.succeeds#refused',
} as const;
const engineRow = {
  id: 'grammar.engine',
  title: 'An engine check that the compiler accepts',
  clause: 'NetworkDelete/404',
  op: 'NetworkDelete',
  brokenBy: 'NetworkDelete/404#says-done',
} as const;
const given = { network: aNetwork() };
const when = () => ({ NetworkID: 'n' });

it('accepts a check of a clause of its operation', () => {
  const made = check({ ...row, given, when: ({ network }) => ({ NetworkID: network.id }), expect: { succeeds: {} } });
  expect(made.expect({} as never)).toEqual({ succeeds: {} });
  check({ ...engineRow, given: {}, when: () => ({ id: 'x' }), expect: { status: 404, body: { message: 'gone' } } });
});

it('refuses, at compile time, what is not a check', () => {
  // @ts-expect-error a clause that does not exist
  check({ ...row, clause: 'network-driver.delete-network.nope', given, when, expect: { succeeds: {} } });
  // @ts-expect-error a clause of another operation
  check({ ...row, clause: 'network-driver.join.gateway-ip', given, when, expect: { succeeds: {} } });
  // @ts-expect-error a fault of another clause
  check({ ...row, brokenBy: 'network-driver.free-network.succeeds#refused', given, when, expect: { succeeds: {} } });
  // @ts-expect-error no proof that it can fail
  check({ ...row, brokenBy: undefined, given, when, expect: { succeeds: {} } });
  // @ts-expect-error a fixture that is not given
  check({ ...row, given, when: ({ endpoint }) => ({ NetworkID: endpoint.id }), expect: { succeeds: {} } });
  // @ts-expect-error an input of another operation
  check({ ...row, given, when: () => ({ PoolID: 'p' }), expect: { succeeds: {} } });
  // @ts-expect-error a member that the answer does not have
  check({ ...row, given, when, expect: { succeeds: { Scope: 'local' } } });
  // @ts-expect-error a status of an engine for a driver
  check({ ...row, given, when, expect: { status: 204 } });
  // @ts-expect-error a status that the operation never answers
  check({ ...engineRow, given: {}, when: () => ({ id: 'x' }), expect: { status: 418 } });
  expect.assertions(0);
});
