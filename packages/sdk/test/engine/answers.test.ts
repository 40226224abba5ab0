import { type Operation, operationsOf } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../../src/engine/index.js';
import type { Respond } from '../fixtures/a-server.js';
import { anEngine } from '../fixtures/an-engine.js';

const rows = operationsOf('engine');
const isStream = ({ responses }: Operation) => Object.values(responses).some(({ stream }) => stream);
const hasJson = ({ responses }: Operation) =>
  Object.entries(responses).some(([status, { schema }]) => status.startsWith('2') && schema !== undefined);

/** Calls any operation with an input that can be sent; a stream is read to its end. */
async function attempt(engine: EngineClient, row: Operation): Promise<unknown> {
  const input = {
    ...Object.fromEntries(row.parameters.map(({ name, type }) => [name, type === 'integer' ? 1 : 'x'])),
    body: {},
  };
  const call = (engine.face as unknown as Record<string, (...given: unknown[]) => unknown>)[row.call];
  const takesInput = row.parameters.length > 0 || row.request !== undefined;
  const result = call?.(...(takesInput ? [input] : []));
  if (!isStream(row)) return result;
  const items: unknown[] = [];
  for await (const item of result as AsyncIterable<unknown>) items.push(item);
  return items;
}

const codes: Readonly<Record<number, string>> = {
  400: 'invalid-input',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  501: 'not-implemented',
};

describe.each(rows.map((row) => [row.id, row] as const))('%s', (id, row) => {
  it('never resolves on a status of 400 or more, whatever the body is', async () => {
    let [status, body] = [0, ''];
    const { engine, seen } = await anEngine((response) => response.writeHead(status).end(body));
    const statuses = [400, 401, 403, 404, 405, 408, 409, 418, 429, 500, 501, 502, 503, 504, 599];
    for (status of statuses) {
      for (body of ['{"message":"no\\nway"}', '', '<html>no way</html>', 'null', '[]', '{"message":7}']) {
        const { message, ...rest } = await attempt(engine, row).then(
          () => expect.unreachable(`${status} ${body} resolved`),
          (error) => error,
        );
        expect(rest).toMatchObject({ name: 'CnmError', code: codes[status] ?? 'refused', operation: id, status });
        expect(message).toMatch(
          body === '{"message":"no\\nway"}' && row.method !== 'HEAD' ? `${id}: no\nway` : /^\S.*$/,
        );
      }
    }
    expect(seen).toHaveLength(statuses.length * 6);
  });

  it('never resolves on a redirect, and follows none', async () => {
    const { engine, seen } = await anEngine((response) => response.writeHead(301, { Location: '/' }).end());
    await expect(attempt(engine, row)).rejects.toMatchObject({ code: 'invalid-answer', status: 301 });
    expect(seen).toHaveLength(1);
  });

  it('fails on a cut connection, and is not sent again', async () => {
    const { engine, seen } = await anEngine((response) => response.destroy());
    await expect(attempt(engine, row)).rejects.toMatchObject({ code: 'transport', operation: id });
    expect(seen).toHaveLength(1);
  });
});

const named = (kept: readonly Operation[]) => kept.map((row) => [row.id, row] as const);

it.each(named(rows.filter(hasJson)))('%s fails on an answer that is not the JSON it should be', async (id, row) => {
  let body = '';
  const { engine } = await anEngine((response) => response.end(body));
  // Lines of a stream may be any JSON, and there may be none.
  for (body of ['<html>', '{"Id":', ...(isStream(row) ? [] : ['', '"text"'])]) {
    await expect(attempt(engine, row), body).rejects.toMatchObject({ code: 'invalid-answer', operation: id });
  }
});

it.each(named(rows.filter(({ method }) => method !== 'HEAD')))('%s fails on half an answer', async (id, row) => {
  const { engine, seen } = await anEngine((response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"a":', () => response.destroy());
  });
  await expect(attempt(engine, row)).rejects.toMatchObject({ code: 'transport', operation: id });
  expect(seen).toHaveLength(1);
});

const inspecting = async (respond: Respond) => {
  const { engine, seen } = await anEngine(respond);
  return { seen, inspect: engine.networks.inspect, list: engine.networks.list };
};

it('an answer is taken as it is, with fields that no schema names', async () => {
  const { inspect } = await inspecting((response) => response.end('{"Id":"x","Later":[1]}'));
  expect(await inspect({ id: 'x' })).toEqual({ Id: 'x', Later: [1] });
});

it('a list that Go writes as null is empty', async () => {
  const { list } = await inspecting((response) => response.end('null'));
  expect(await list()).toEqual([]);
});

it('an answer of another JSON type is refused and quoted', async () => {
  const { inspect } = await inspecting((response) => response.end('[{"Id":"x"}]'));
  await expect(inspect({ id: 'x' })).rejects.toThrow(
    'NetworkInspect: the answer is of type array, not object: [{"Id":"x"}]',
  );
});

it('a success with another 2xx status than the declared one is a success', async () => {
  const { engine } = await anEngine((response) => response.writeHead(200).end('{"Id":"x","Warning":""}'));
  expect(await engine.networks.create({ body: { Name: 'n' } })).toEqual({ Id: 'x', Warning: '' });
});

it('the timeout of the client ends a call that hangs, and that of the call wins', async () => {
  const { engine, seen } = await anEngine(() => {}, { timeoutMs: 30_000 });
  await expect(engine.networks.list({}, { timeoutMs: 20 })).rejects.toMatchObject({
    code: 'timeout',
    operation: 'NetworkList',
    message: expect.stringMatching(/^NetworkList had no complete answer from unix:\/\/.* within 20 ms$/),
  });
  const hasty = await anEngine(() => {}, { timeoutMs: 20 });
  await expect(hasty.engine.system.info()).rejects.toMatchObject({ code: 'timeout' });
  // A busy machine may be too late for the first request; there is never a second one.
  expect(Math.max(seen.length, hasty.seen.length)).toBeLessThanOrEqual(1);
});

it('the timeout also ends an answer that stops in the middle', async () => {
  const { engine } = await anEngine((response) => response.writeHead(200).write('{'));
  await expect(engine.networks.list({}, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'timeout' });
});

it('a signal ends a call before it is sent, and under way', async () => {
  const controller = new AbortController();
  const { engine, seen } = await anEngine(() => controller.abort());
  await expect(engine.networks.list({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  expect(seen).toHaveLength(0);
  await expect(engine.networks.list({}, { signal: controller.signal })).rejects.toMatchObject({
    code: 'aborted',
    message: 'NetworkList was aborted by its signal',
  });
  expect(seen).toHaveLength(1);
});

it('a closed client fails, and does not connect anew', async () => {
  const { engine, seen } = await anEngine((response) => response.end('[]'));
  await engine.close();
  await expect(engine.networks.list()).rejects.toMatchObject({ code: 'transport' });
  expect(seen).toEqual([]);
});

it('every error is an Error', async () => {
  const { inspect } = await inspecting((response) => response.writeHead(404).end('{"message":"gone"}'));
  const error = await inspect({ id: 'x' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toBe('CnmError: NetworkInspect: gone');
});
