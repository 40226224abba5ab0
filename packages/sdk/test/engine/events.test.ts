import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { anEngine } from '../fixtures/an-engine.js';

const event = (name: string) => JSON.stringify({ Type: 'network', Action: name });

it('events are parsed as they come, across cuts within lines and within characters', async () => {
  const { engine, seen } = await anEngine(async (response) => {
    const bytes = Buffer.from(`${event('créate')}\r\n\n${event('connect')}\n${event('destroy')}`);
    response.writeHead(200);
    for (const byte of bytes) await new Promise((resolve) => response.write(Buffer.of(byte), resolve));
    response.end();
  });
  const actions: string[] = [];
  for await (const { Action } of engine.system.events({ filters: { type: ['network'] } })) actions.push(Action);
  expect(actions).toEqual(['créate', 'connect', 'destroy']);
  expect(seen.map(({ url }) => url)).toEqual([
    `/v1.41/events?${new URLSearchParams({ filters: '{"type":["network"]}' })}`,
  ]);
});

it('an event is there before the next one is sent', async () => {
  let response: ServerResponse | undefined;
  const { engine } = await anEngine((given) => {
    response = given;
    given.write(`${event('create')}\n`);
  });
  const events = engine.system.events()[Symbol.asyncIterator]();
  expect((await events.next()).value).toMatchObject({ Action: 'create' });
  response?.end(`${event('destroy')}\n`);
  expect((await events.next()).value).toMatchObject({ Action: 'destroy' });
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

it('the signal ends the iteration without an error, and the connection with it', async () => {
  const controller = new AbortController();
  let closed: Promise<unknown> | undefined;
  const { engine } = await anEngine((response) => {
    closed = once(response, 'close');
    response.write(`${event('create')}\n`);
  });
  const seen: unknown[] = [];
  for await (const { Action } of engine.system.events({}, { signal: controller.signal })) {
    seen.push(Action);
    controller.abort();
  }
  expect(seen).toEqual(['create']);
  await closed;
});

it('a signal ends a wait for the first event', async () => {
  const controller = new AbortController();
  const { engine } = await anEngine((response) => {
    response.flushHeaders();
    setImmediate(() => controller.abort());
  });
  const events = engine.system.events({}, { signal: controller.signal })[Symbol.asyncIterator]();
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

it('with a signal that was aborted before, nothing is sent', async () => {
  const { engine, seen } = await anEngine((response) => response.end());
  const events = engine.system.events({}, { signal: AbortSignal.abort() })[Symbol.asyncIterator]();
  expect(await events.next()).toEqual({ done: true, value: undefined });
  expect(seen).toEqual([]);
});

it('leaving the loop closes the connection', async () => {
  let closed: Promise<unknown> | undefined;
  const { engine } = await anEngine((response) => {
    closed = once(response, 'close');
    response.write(`${event('create')}\n`);
  });
  for await (const _ of engine.system.events()) break;
  await closed;
});

it('each iteration is a request of its own', async () => {
  const { engine, seen } = await anEngine((response) => response.end(event('create')));
  const events = engine.system.events();
  for await (const _ of events);
  for await (const _ of events);
  expect(seen).toHaveLength(2);
});

it('the timeout is for the beginning of the answer, not for its end', async () => {
  let response: ServerResponse | undefined;
  const { engine } = await anEngine((given) => {
    response = given;
    given.write(`${event('create')}\n`);
  });
  const events = engine.system.events({}, { timeoutMs: 500 })[Symbol.asyncIterator]();
  await events.next();
  const late = events.next();
  // Time has to pass here: more than the timeout of the call.
  setTimeout(() => response?.end(`${event('destroy')}\n`), 600);
  expect((await late).value).toMatchObject({ Action: 'destroy' });

  const { engine: silent } = await anEngine(() => {});
  const none = silent.system.events({}, { timeoutMs: 20 })[Symbol.asyncIterator]();
  await expect(none.next()).rejects.toMatchObject({ code: 'timeout' });
});

it('a cut connection is an error after the events that came before it', async () => {
  const { engine } = await anEngine((response) => {
    response.writeHead(200).write(`${event('create')}\n`, () => setImmediate(() => response.destroy()));
  });
  const events = engine.system.events()[Symbol.asyncIterator]();
  expect((await events.next()).value).toMatchObject({ Action: 'create' });
  await expect(events.next()).rejects.toMatchObject({ code: 'transport', operation: 'SystemEvents' });
});

it('a line without an end is cut off after 1 MiB', async () => {
  const { engine } = await anEngine((response) => {
    const more = (error?: Error | null) =>
      void (error || response.destroyed || response.write('x'.repeat(65_536), more));
    more();
  });
  const events = engine.system.events()[Symbol.asyncIterator]();
  await expect(events.next()).rejects.toMatchObject({
    code: 'invalid-answer',
    message: 'SystemEvents: a line of the answer is longer than 1048576 characters',
  });
});
