import { exec } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../src/answer.js';
import { curl, isCommand } from '../src/reports/curl.js';
import { withoutRuns } from '../src/reports/shortened.js';
import { toldCalls } from '../src/reports/told-calls.js';

let folder: string;
let server: Server;
const heard: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 'x.sock'), resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
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

const lineOf = (each: Exchange) => curl(each, `unix://${folder}/x.sock`);

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
  ];
  it.each(bodies)('with %s sends it', async (_, body) => {
    const line = lineOf(exchange(body));
    expect(line.length).toBeLessThan(4000);
    heard.length = 0;
    await new Promise<void>((resolve, reject) => exec(line, (error) => (error ? reject(error) : resolve())));
    expect(heard).toEqual([body]);
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
