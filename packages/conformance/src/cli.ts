#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { checks } from './checks/index.js';
import { explain } from './commands/explain.js';
import { list } from './commands/list.js';
import { type RunFlags, run } from './commands/run.js';
import { Untestable } from './untestable.js';
import { UsageError } from './usage-error.js';
import { version } from './version.js';

const several = (value: string, before: readonly string[] = []) => [...before, value];

function whole(least: number) {
  return (text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
    return value;
  };
}

const program = new Command('opencnm-conformance')
  .description('Tests network drivers, IPAM drivers and container engines against the OpenCNM definition.')
  .version(version)
  .showHelpAfterError('(--help shows what can be said)')
  .exitOverride();

program
  .command('run')
  .description('run the suite against a target')
  .argument('<target>', 'unix:///run/docker/plugins/acme.sock, tcp://host:port or https://host:port')
  .option('--profile <names>', 'network-driver, ipam-driver (with commas) or engine; found by asking otherwise')
  .option('--implements <names>', 'NetworkDriver,IpamDriver: skip the handshake of a plugin that has none')
  .option('--only <glob>', 'only checks whose id fits, as in "join.*"; may be given again', several)
  .option('--known-failures <file>', 'YAML list of { id, reason }: checks that may fail; one that passes is stale')
  .option('--write-known-failures <file>', 'write a first such list of what fails, warns or is blocked')
  .option('--report <folder>', 'write report.json and junit.xml there')
  .option('--network-option <k=v>', 'an option for every network; may be given again', several)
  .option('--ipam-option <k=v>', 'an option for every pool; may be given again', several)
  .addOption(new Option('--ipam <mode>', "where the networks' pools come from").choices(['composed', 'engine', 'null']))
  .option('--pool <cidr>', 'the subnet of every network')
  .option('--gateway <cidr>', 'the gateway of every network, with prefix length')
  .option('--address <cidr>', 'the address of endpoints, with prefix length')
  .option('--timeout <ms>', 'how long an answer may take', whole(1))
  .option('--seed <n>', 'draw ids and subnets as an earlier run did', whole(0))
  .option('--budget <n>', 'how many sequences each check of sequences tries (25)', whole(1))
  .option('--jobs <n>', 'how many checks run at once', whole(1))
  .option('--image <name>', "the image for an engine's containers")
  .option('--api-version <1.NN>', 'the engine API version to speak')
  .option('--tls <folder>', 'ca.pem, cert.pem and key.pem for an engine behind TLS')
  .addHelpText(
    'after',
    `
Examples:
  $ opencnm-conformance run unix:///run/docker/plugins/acme.sock
  $ opencnm-conformance run unix:///run/docker/plugins/acme.sock \\
      --only "join.*" --network-option acme.vlan=10 --report reports/acme
  $ opencnm-conformance run unix:///var/run/docker.sock --profile engine

Exit codes: 0 conformant, 1 not conformant, 2 the command or a file is wrong,
3 the target could not be tested.`,
  )
  .action(async (target: string, flags: RunFlags) => {
    process.exitCode = await run(target, flags);
  });

program
  .command('list')
  .description('every check: id, level and title')
  .action(() => console.log(list(checks)));

program
  .command('explain')
  .description('what a check looks at, and why')
  .argument('<id>')
  .action((id: string) => console.log(explain(checks, id)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCode(error);
}

function exitCode(error: unknown): number {
  if (error instanceof UsageError || error instanceof Untestable) {
    console.error(`opencnm-conformance: ${error.message}`);
    return error instanceof UsageError ? 2 : 3;
  }
  const { code, exitCode: wanted } = error as { readonly code?: string; readonly exitCode?: number };
  if (code?.startsWith('commander.')) return wanted === 0 ? 0 : 2;
  throw error;
}
