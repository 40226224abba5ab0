import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../src/answer.js';
import { curl, isCommand } from '../src/reports/curl.js';
import { printable } from '../src/reports/printable.js';
import { withoutRuns } from '../src/reports/shortened.js';
import { toldCalls } from '../src/reports/told-calls.js';

/** A request as it arrived. */
interface Heard {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let folder: string;
const servers: Server[] = [];
const urls: Record<'unix' | 'tcp', string> = { unix: '', tcp: '' };
const heard: Heard[] = [];

function listening(at: { readonly path: string } | { readonly host: string; readonly port: number }): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push({ method: request.method, headers: request.headers, body });
      // An answer to HEAD says how long its body would be, and has none.
      response.writeHead(200, { 'Content-Length': '2' }).end('OK');
    });
  });
  servers.push(server);
  return new Promise((resolve) => server.listen(at, () => resolve(server)));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  await listening({ path: join(folder, 'x.sock') });
  const { port } = (await listening({ host: '127.0.0.1', port: 0 })).address() as AddressInfo;
  urls.unix = `unix://${folder}/x.sock`;
  urls.tcp = `tcp://127.0.0.1:${port}`;
});
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
});

function exchange(body: string, length = Buffer.byteLength(body)): Exchange {
  const headers = { Host: 'x', 'Content-Length': String(length) };
  return {
    step: 'act',
    operation: 'NetworkDriver.Join',
    request: { method: 'POST', path: '/x', headers, body },
    ms: 1,
  };
}

const lineOf = (each: Exchange) => curl(each, urls.unix);

function pasted(line: string, shell = 'sh'): Promise<void> {
  return new Promise((resolve, reject) =>
    execFile(shell, ['-c', line], (error) => (error ? reject(error) : resolve())),
  );
}

describe('a call as curl', () => {
  const deep = `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`;
  const bodies: readonly [string, string][] = [
    ['nothing', ''],
    ['a request', '{"NetworkID":"x"}'],
    ['a deep request', deep],
    ['a long name', `{"a":"${'x'.repeat(15_000)}"}`],
    ['what a shell reads', `{"a":"$(exit 1)'\`id\`\\\\${'!'.repeat(3000)}$HOME"}`],
    ['what printf and tr read', `%s%d\\n${'%'.repeat(1000)}${'\\'.repeat(70)}${'-'.repeat(1000)}`],
    ['other letters', `"${'ü'.repeat(80)}${'z'.repeat(3000)}"`],
    ['what cannot be seen', `{"a":"'\u202e\u{e0041}\u0000%\u001b[31m\u009b\ufeff\u2028\n1"}`],
    ['the name of a file', '@/etc/hostname'],
  ];
  it.each(bodies)('with %s sends it', async (_, body) => {
    const line = lineOf(exchange(body));
    expect(line.length).toBeLessThan(4000);
    // A terminal and a page show the line as it is.
    expect(printable(line)).toBe(line);
    expect(line).not.toContain('\n');
    for (const shell of ['sh', 'bash']) {
      heard.length = 0;
      await pasted(line, shell);
      expect(heard.map((each) => each.body)).toEqual([body]);
    }
  });

  const sent: readonly [string, string, Record<string, string>, string][] = [
    ['an engine', 'POST', { 'User-Agent': 'Go-http-client/1.1', Accept: 'application/x+json' }, '{"a":1}'],
    ['an engine over TCP', 'POST', { Accept: 'application/x+json', 'Accept-Encoding': 'gzip' }, '{"a":1}'],
    ['an engine that has nothing to say', 'POST', { Accept: '*/*' }, ''],
    ['a client', 'POST', { 'Content-Type': 'application/json; charset=utf-8' }, '{"a":"it\'s"}'],
    ['a client that reads', 'GET', { 'User-Agent': 'x y' }, ''],
    ['a client that asks for a head', 'HEAD', { 'User-Agent': 'x' }, ''],
    ['a client that deletes', 'DELETE', {}, ''],
    ['an older engine without a host', 'POST', { Host: '' }, '{}'],
    ['one with an empty header', 'POST', { 'Content-Type': '', 'X-Empty': '' }, '{}'],
  ];
  describe.each(['unix', 'tcp'] as const)('over %s', (kind) => {
    it.each(sent)('has the headers of %s, and no others', async (_, method, given, body) => {
      const host = kind === 'unix' ? 'x' : new URL(urls.tcp).host;
      const length = { 'Content-Length': String(Buffer.byteLength(body)) };
      const request = { method, path: '/x', headers: { Host: host, ...given, ...length }, body };
      heard.length = 0;
      await pasted(curl({ ...exchange(body), request }, urls[kind]));
      // Only a POST without a body has to say so.
      const headers = { host, ...given, ...(method === 'POST' ? length : {}) };
      const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      expect(heard).toEqual([{ method, headers: Object.fromEntries(named) as unknown, body }]);
    });
  });

  it.each([
    ['was cut', exchange(`${'x'.repeat(16_384)}… (262144 bytes)`, 262_144), 'with 262144 bytes, xxx'],
    ['is no text', exchange('{"a":"\ufffd"}', 9), 'or no text; to send it, run the check again with its seed'],
    ['has no end', exchange(`{"a":"${'xy'.repeat(3000)}"}`), 'too long for a line; to send it, replay the report'],
  ])('is no command where the body %s', (_, each, message) => {
    const line = lineOf(each);
    expect(isCommand(line)).toBe(false);
    expect(line).toContain(message);
    expect(line.length).toBeLessThan(250);
    expect(line).not.toContain('\n');
  });
});

describe('the calls of a check that a report has room for', () => {
  const many = Array.from({ length: 40 }, (_, n) => exchange(`${n}`));
  const bodies = (evidence: readonly Exchange[]) => {
    const { calls, title } = toldCalls({ evidence }, 3);
    return [title, calls.map(({ request }) => request.body)];
  };

  it('are all where there are few', () => {
    expect(bodies(many.slice(0, 3))).toEqual(['The calls that led there', ['0', '1', '2']]);
  });

  it('are the last where there are many', () => {
    expect(bodies(many)).toEqual(['The last 3 of 40 calls', ['37', '38', '39']]);
  });

  it('are those without an answer where there are any', () => {
    const silent = many.map((each, n) => (n === 7 ? { ...each, failure: 'closed' } : each));
    expect(bodies(silent)).toEqual(['Without an answer, of 40 calls', ['7']]);
  });
});

describe('a body in a report', () => {
  it('has no long runs of one character, and says how long they were', () => {
    expect(withoutRuns(`{"a":${'['.repeat(2000)}${']'.repeat(2000)},"b":"xxx"}`)).toBe(
      '{"a":[[[[[[[[… (2000 times)]]]]]]]]… (2000 times),"b":"xxx"}',
    );
  });
});
