import { getEventListeners } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { exchangeWith } from '../src/transport/exchange.js';
import { aServer, type Respond } from './fixtures/a-server.js';

async function anExchange(respond: Respond, maxAnswerBytes = 1_000) {
  const { address } = await aServer(respond);
  const exchange = exchangeWith(address, { host: 'localhost', maxAnswerBytes });
  onTestFinished(exchange.close);
  return exchange;
}

const request = { operation: 'Test', method: 'GET', path: '/', headers: {}, timeoutMs: 0 };

it('an answer longer than the limit is refused and cut, one of the limit is read', async () => {
  let length = 1_000;
  const exchange = await anExchange((response) => {
    const bytes = Buffer.alloc(length, 'x');
    const more = (error?: Error | null) => void (error || response.destroyed || response.write(bytes, more));
    if (length > 1_000) more();
    else response.end(bytes);
  });
  expect((await exchange.send(request)).text).toHaveLength(1_000);
  length = 1_001;
  await expect(exchange.send(request)).rejects.toMatchObject({
    code: 'invalid-answer',
    message: 'Test: the answer is longer than 1000 bytes',
  });
});

it('a call that ended leaves nothing on the signal of its caller', async () => {
  const exchange = await anExchange((response) => response.end('x'));
  const { signal } = new AbortController();
  await exchange.send({ ...request, signal, timeoutMs: 60_000 });
  const opened = await exchange.open({ ...request, signal });
  if ('stream' in opened) for await (const _ of opened.stream);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('a signal that is aborted between the head and the body ends the body', async () => {
  const exchange = await anExchange((response) => response.write('x'));
  const controller = new AbortController();
  const opened = await exchange.open({ ...request, signal: controller.signal });
  controller.abort();
  const read = async () => {
    if ('stream' in opened) for await (const _ of opened.stream);
  };
  await expect(read()).rejects.toMatchObject({ code: 'aborted' });
});
