import { createRequire } from 'node:module';
import { type FaultId, faults } from '@opencnm/spec';
import { Command, InvalidArgumentError } from 'commander';
import type { Latency } from './latency.js';
import { startMock } from './start-mock.js';
import type { VariantId } from './variants/index.js';
import { variantsTable } from './variants/variants-table.js';

interface Flags {
  readonly plugin?: string;
  readonly engine?: string;
  readonly driver?: Readonly<Record<string, string>>;
  readonly fault?: readonly string[];
  readonly variant?: readonly string[];
  readonly latency?: Latency;
  readonly seed?: number;
  readonly state?: string;
}

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };

const program = new Command('opencnm-mock')
  .description('A network driver, an IPAM driver and a container engine in memory.')
  .version(version, '-V, --version', 'print the version')
  .option('--plugin <address>', 'where the drivers listen: unix:///path or tcp://127.0.0.1:PORT')
  .option('--engine <address>', 'where the engine listens')
  .option('--driver <name=address>', 'a foreign driver that the engine calls; may be given again', driver)
  .option('--fault <id>', 'be wrong in this way; may be given again; "list" prints the table', several)
  .option('--variant <id>', 'be odd in this legal way; may be given again; "list" prints the table', several)
  .option('--latency <ms>', 'wait before each answer: 20ms or 0-50ms', latency)
  .option('--seed <n>', 'fix ids, MAC addresses, times and waits', whole)
  .option('--state <file>', "keep the drivers' networks, endpoints and pools there over a restart")
  .addHelpText(
    'after',
    `
Examples:
  $ opencnm-mock --plugin unix:///run/docker/plugins/mock.sock
  $ opencnm-mock --engine unix:///tmp/engine.sock \\
      --driver acme=unix:///run/docker/plugins/acme.sock
  $ opencnm-mock --plugin unix:///tmp/odd.sock --variant http-1.0 --variant join-empty
  $ opencnm-mock --fault list`,
  )
  .configureOutput({
    outputError: (text, write) => {
      const line = text
        .replace(/^error: /, '')
        .trim()
        .replace(/\.$/, '');
      write(`opencnm-mock: ${line.replace(/\s+/g, ' ')}; --help shows what can be said\n`);
    },
  })
  .exitOverride();

try {
  const flags = program.parse().opts<Flags>();
  if (flags.fault?.includes('list')) process.exitCode = print(faultsTable());
  else if (flags.variant?.includes('list')) process.exitCode = print(variantsTable());
  else process.exitCode = await serve(flags);
} catch (error) {
  const { code, exitCode, message } = error as Error & { readonly code?: string; readonly exitCode?: number };
  if (!code?.startsWith('commander.')) console.error(`opencnm-mock: ${message}`);
  process.exitCode = code?.startsWith('commander.') && exitCode === 0 ? 0 : 2;
}

async function serve({
  plugin,
  engine,
  driver: drivers,
  fault = [],
  variant = [],
  latency: latencyMs,
  seed,
  state,
}: Flags): Promise<number> {
  if (!plugin && !engine) throw new Error('nothing to serve: give --plugin, --engine or both (--help shows examples)');
  for (const id of fault)
    if (!Object.hasOwn(faults, id)) throw new Error(`no fault is named "${id}"; --fault list prints the table`);
  const mock = await startMock({
    ...(plugin ? { plugin } : {}),
    ...(engine ? { engine } : {}),
    ...(drivers ? { drivers } : {}),
    ...(latencyMs ? { latencyMs } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(state === undefined ? {} : { state }),
    faults: fault as readonly FaultId[],
    variants: variant as readonly VariantId[],
  });
  if (mock.pluginUrl) console.log(`drivers on ${mock.pluginUrl}`);
  if (mock.engineUrl) console.log(`engine on ${mock.engineUrl}`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await mock.close();
  return 0;
}

function faultsTable(): string {
  return Object.entries(faults)
    .map(([id, { text }]) => `${id}\n    ${text}`)
    .join('\n');
}

function print(text: string): number {
  console.log(text);
  return 0;
}

function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function driver(value: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It needs the form name=address.');
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
}

function latency(text: string): Latency {
  const found = /^(\d{1,6})(?:-(\d{1,6}))?(?:ms)?$/.exec(text);
  const min = Number(found?.[1]);
  const max = Number(found?.[2] ?? found?.[1]);
  if (!found || max < min) throw new InvalidArgumentError('It must be milliseconds: 20ms, or a range as 0-50ms.');
  return { min, max };
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number from 0.');
  return value;
}
