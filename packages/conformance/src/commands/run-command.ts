import { Command, Option } from 'commander';
import { levels } from '../selection.js';
import { apiVersion, feature, longestWait, several, shard, whole } from './flags.js';
import { run } from './run.js';
import type { RunFlags } from './run-flags.js';

/** `run`: its flags, its help, and what it does. */
export function runCommand(): Command {
  return new Command('run')
    .description('run the suite against a target')
    .argument('[target]', 'unix:///run/docker/plugins/acme.sock, tcp://host:port or https://host:port')
    .option('--config <file>', 'read the target and the flags from there, not from opencnm.config.yaml')
    .option('--profile <names>', 'network-driver, ipam-driver (with commas) or engine; found by asking otherwise')
    .option('--implements <names>', 'NetworkDriver,IpamDriver: skip the handshake of a plugin that has none')
    .option('--feature <name>', 'what the driver has to serve, beyond what it says; may be given again', feature)
    .option('--only <glob>', 'only checks whose id fits, as in "join.*"; may be given again', several)
    .option('--skip <glob>', 'no check whose id fits; may be given again', several)
    .addOption(new Option('--level <level>', 'only checks of this level and of stronger ones').choices(levels))
    .option('--shard <i/n>', 'only the i-th of n parts of the checks; merge makes one report of them', shard)
    .option('--bail', 'run nothing after the first failure')
    .option(
      '--known-failures <file>',
      'YAML list of { id, reason, link, expires }: checks that may fail; one that passes is stale',
    )
    .option('--write-known-failures <file>', 'write a first such list of what fails, warns or is blocked')
    .option('--report <folder>', 'write report.html, report.json, junit.xml, summary.md and badge.json there')
    .option('--network-option <k=v>', 'an option for every network; may be given again', several)
    .option('--ipam-option <k=v>', 'an option for every pool; may be given again', several)
    .addOption(
      new Option('--ipam <mode>', "where the networks' pools come from").choices(['composed', 'engine', 'null']),
    )
    .option('--ipam-target <url>', "the socket of the IPAM driver that the networks' pools come from, if another")
    .option('--pool <cidr>', 'the subnet of every network')
    .option('--gateway <cidr>', 'the gateway of every network, with prefix length')
    .option('--address <cidr>', 'the address of endpoints, with prefix length')
    .option('--timeout <ms>', 'how long an answer may take (10000; 60000 for an engine)', whole(1, longestWait))
    .option('--seed <n>', 'draw ids and subnets as an earlier run did', whole(0))
    .option('--budget <n>', 'how many sequences each check of sequences tries (25)', whole(1))
    .option('--jobs <n>', 'how many checks run at once, up to 1024 (1)', whole(1, 1024))
    .option('--image <name>', "the image for an engine's containers")
    .option('--api-version <1.NN>', 'the engine API version to speak; the newest that both know otherwise', apiVersion)
    .option('--tls <folder>', 'ca.pem, cert.pem and key.pem for an engine behind TLS')
    .addHelpText('after', examples)
    .action(async (target: string | undefined, flags: RunFlags) => {
      process.exitCode = await run(target, flags);
    });
}

const examples = `
Examples:
  $ opencnm-conformance run unix:///run/docker/plugins/acme.sock
  $ opencnm-conformance run unix:///run/docker/plugins/acme.sock \\
      --only "join.*" --network-option acme.vlan=10 --report reports/acme
  $ opencnm-conformance run unix:///run/docker/plugins/acme.sock \\
      --level MUST --shard 2/5 --report reports/2
  $ opencnm-conformance run unix:///var/run/docker.sock --profile engine
  $ opencnm-conformance run --config ci/opencnm.config.yaml --jobs 8

Exit codes: 0 conformant, 1 not conformant, 2 the command or a file is wrong,
3 the target could not be tested, 130 interrupted.`;
