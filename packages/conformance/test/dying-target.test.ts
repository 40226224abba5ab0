import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checks, type Report, type RunOptions, runSuite } from '../src/index.js';
import { type OnMock, onMock } from './on-mock.js';

/** When a target dies: as it reads a request, once it answered one, or never: it closes the connection. */
type Death = 'before' | 'after' | 'closes';

let mock: OnMock;
let folder: string;
let server: Server | undefined;
beforeAll(async () => {
  mock = await onMock();
});
beforeEach(() => {
  mock.mock.reset();
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(() => {
  die();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => mock.close());

function die(): void {
  server?.close();
  server?.closeAllConnections();
}

/** Stands before the mock, and dies at a call. */
async function mortal(path: string, death: Death): Promise<string> {
  const behind = (mock.mock.pluginUrl ?? '').replace('unix://', '');
  server = createServer((incoming, answer) => {
    const isFatal = incoming.url === path;
    if (isFatal && death === 'closes') incoming.socket.destroy();
    else if (isFatal && death === 'before') die();
    else {
      const { method, url, headers } = incoming;
      const onward = request({ socketPath: behind, method, path: url, headers }, (heard) => {
        answer.writeHead(heard.statusCode ?? 500, heard.headers);
        heard.pipe(answer);
        if (isFatal) answer.on('finish', () => setImmediate(die));
      });
      incoming.pipe(onward);
    }
  });
  const socket = join(folder, 'mortal.sock');
  await new Promise<void>((resolve) => server?.listen(socket, resolve));
  return `unix://${socket}`;
}

function run(target: string, ids: RegExp, more: Partial<RunOptions> = {}): Promise<Report> {
  const some = checks.filter(({ id }) => ids.test(id));
  return runSuite({ target, checks: some, seed: 7, budget: 20, settings: { timeoutMs: 2_000 }, ...more });
}

const dead = 'wanted an answer, and a target that lives on, got ';

describe('a target that dies of a valid request', () => {
  const joins = /^(join\.shape|join\.gateway-in-subnet|leave\.)/;
  const programs = /^(program|revoke)-external-connectivity\./;
  it.each([
    [
      'the call that a check looks at',
      '/NetworkDriver.RevokeExternalConnectivity',
      'before',
      /^revoke-external/,
      'NetworkDriver.RevokeExternalConnectivity: ',
    ],
    [
      'a call once it was answered',
      '/NetworkDriver.RevokeExternalConnectivity',
      'after',
      /^revoke-external/,
      'NetworkDriver.Leave: ',
    ],
    [
      'a call of a fixture',
      '/NetworkDriver.ProgramExternalConnectivity',
      'before',
      /^revoke-external/,
      'NetworkDriver.ProgramExternalConnectivity: ',
    ],
    ['a call of each life', '/NetworkDriver.CreateNetwork', 'before', joins, 'NetworkDriver.CreateNetwork: '],
    [
      'a call before a request that is sent as it is',
      '/NetworkDriver.Leave',
      'before',
      /^transport\.without-content-type/,
      'NetworkDriver.Leave: ',
    ],
    ['a call that undoes', '/NetworkDriver.DeleteNetwork', 'before', joins, 'NetworkDriver.DeleteNetwork: '],
    [
      'a call of a check of a SHOULD',
      '/NetworkDriver.EndpointOperInfo',
      'before',
      /^endpoint-oper-info\.shape/,
      'NetworkDriver.EndpointOperInfo: ',
    ],
    ['a sequence', '/IpamDriver.RequestAddress', 'before', /^ipam-sequence\.any/, 'IpamDriver.RequestAddress: '],
  ] as const)('in %s has broken a MUST', async (_, path, death, ids, at) => {
    const report = await run(await mortal(path, death), ids);
    const [died] = report.judged.filter(({ result }) => result.kind === 'broken' && result.died);
    expect(died?.verdict).toBe('fail');
    expect(died?.reason).toContain(`${at}${dead}`);
    expect(died?.reason).toMatch(/ it listens no more: connect E/);
    expect([report.verdict, report.exitCode]).toEqual(['not-conformant', 1]);
  });

  it('before the first check is told there alone', async () => {
    const report = await run(await mortal('/NetworkDriver.CreateNetwork', 'before'), joins, { jobs: 4 });
    const died = report.judged.filter(({ result }) => result.kind === 'broken');
    expect(died.map(({ evidence }) => evidence.some(({ operation }) => operation.endsWith('CreateNetwork')))).toEqual([
      true,
    ]);
  });

  it('beside other checks may be ended by each of them', async () => {
    const report = await run(await mortal('/NetworkDriver.ProgramExternalConnectivity', 'before'), programs, {
      jobs: 4,
    });
    const [died] = report.judged.filter(({ result }) => result.kind === 'broken' && result.died);
    expect(died?.reason).toContain('(4 checks ran at once: --jobs 1 tells which of them ended it)');
  });
});

describe('a target that', () => {
  it('closes the connection lives on', async () => {
    const report = await run(await mortal('/NetworkDriver.Join', 'closes'), /^join\.shape$/);
    expect(report.judged.map(({ result }) => result)).not.toContainEqual(expect.objectContaining({ died: true }));
    expect(report.exitCode).toBe(1);
  });

  it('is gone between two checks is not blamed for it', async () => {
    const report = await run(await mortal('/none', 'before'), /^(join\.shape|leave\.)/, { onOutcome: die });
    expect(new Set(report.judged.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'error']));
    expect([report.verdict, report.exitCode]).toEqual(['not-tested', 3]);
    expect(report.sentence).toContain('could not be run: the target did not stay reachable');
  });
});
