import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPlugin } from '@opencnm/sdk/plugin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseVariants, type Mock, sharedGroups, startMock, type VariantId, variantIds } from '../src/index.js';

let folder: string;
let mock: Mock;
let socket: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  socket = join(folder, 'mock.sock');
  mock = await startMock({ plugin: `unix://${socket}` });
});
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The bytes of the answer to one call, up to the end of the connection. */
function bytesOf(path: string, headers = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const client = connect(socket);
    client.on('data', (chunk) => chunks.push(chunk));
    client.on('error', reject);
    client.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    client.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n${headers}\r\n`);
  });
}

/** What the bytes of an answer to Plugin.Activate look like. */
const shapes: Partial<Record<VariantId, RegExp>> = {
  'closes-each': /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n/,
  'closes-unannounced': /^HTTP\/1\.1 200 OK\r\nContent-Type: \S+\r\nContent-Length: 46\r\n\r\n\{.*\}\n$/,
  'http-1.0': /^HTTP\/1\.0 200 OK\r\nContent-Type: \S+\r\n\r\n\{.*\}\n$/,
  'http-1.0-length': /^HTTP\/1\.0 200 OK\r\nContent-Type: \S+\r\nContent-Length: 46\r\n\r\n\{.*\}\n$/,
  'close-delimited': /^HTTP\/1\.1 200 OK\r\nContent-Type: \S+\r\nConnection: close\r\n\r\n\{.*\}\n$/,
  'no-reason': /^HTTP\/1\.1 200 \r\ncontent-type: \S+\r\nconnection: close\r\ncontent-length: 46\r\n\r\n\{.*\}\n$/,
};

describe.each(Object.entries(shapes))('an answer with %s', (id, shape) => {
  it('has the bytes of such a driver, and the connection ends', async () => {
    mock.reset([], [id as VariantId]);
    expect(await bytesOf('/Plugin.Activate')).toMatch(shape);
  });
});

describe('an answer of a connection that stays', () => {
  it.each([
    ['chunked', 'Connection: close\r\n', /Transfer-Encoding: chunked\r\n[\s\S]*\r\n0\r\n\r\n$/],
    ['gzip', 'Connection: close\r\nAccept-Encoding: gzip\r\n', /Content-Encoding: gzip\r\n[\s\S]*\r\n\r\n[^{]/],
    ['gzip', 'Connection: close\r\n', /\r\n\r\n\{.*\}\n$/],
  ] as const)('with %s to a request with %j', async (id, headers, shape) => {
    mock.reset([], [id]);
    expect(await bytesOf('/Plugin.Activate', headers)).toMatch(shape);
  });
});

describe('variants', () => {
  it('are taken at the start, together with faults, and given up by a reset', async () => {
    const address = `unix://${join(folder, 'other.sock')}`;
    const other = await startMock({
      plugin: address,
      variants: ['extra-members', 'connectivity-scope-absent'],
      faults: ['network-driver.get-capabilities.scope#upper-case'],
    });
    const client = connectPlugin(address);
    expect(await client.networkDriver.getCapabilities()).toEqual({
      Scope: 'Local',
      Extra: null,
      extra: { Scope: [1] },
      NetworkID: 'x',
    });
    other.reset();
    expect(await client.networkDriver.getCapabilities()).toEqual({
      Scope: 'local',
      ConnectivityScope: 'local',
      GwAllocChecker: true,
    });
    await client.close();
    await other.close();
  });

  it('wrap in the order of the table, whatever order they are named in', () => {
    expect(chooseVariants(['http-1.0', 'type-none'])).toEqual(chooseVariants(['type-none', 'http-1.0']));
  });

  it('refuse to be combined when they decide the same thing', () => {
    expect(() => mock.reset([], ['chunked', 'http-1.0'])).toThrow(
      'the variants http-1.0 and chunked cannot be combined: both decide connection',
    );
  });

  it('can be combined with themselves alone in no case where they share a group', () => {
    for (const one of variantIds)
      for (const other of variantIds)
        if (one !== other && sharedGroups(one, other).length > 0)
          expect(() => chooseVariants([one, other]), `${one} ${other}`).toThrow('cannot be combined');
        else expect(chooseVariants([one, other])).toHaveLength(one === other ? 1 : 2);
  });
});
