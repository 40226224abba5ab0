import { type Command, Option } from 'commander';
import { longestWait, several, whole } from './flags.js';

/** Gives a command the flags that say what a driver needs, as those of `run`. */
export function withDriverFlags(command: Command): Command {
  return command
    .option('--config <file>', 'read the target and what it needs from there, not from opencnm.config.yaml')
    .option('--implements <names>', 'NetworkDriver,IpamDriver: skip the handshake of a plugin that has none')
    .option('--network-option <k=v>', 'an option for every network; may be given again', several)
    .option('--ipam-option <k=v>', 'an option for every pool; may be given again', several)
    .addOption(
      new Option('--ipam <mode>', "where the networks' pools come from").choices(['composed', 'engine', 'null']),
    )
    .option('--ipam-target <url>', "the socket of the IPAM driver that the networks' pools come from, if another")
    .option('--pool <cidr>', 'the subnet of every network')
    .option('--gateway <cidr>', 'the gateway of every network, with prefix length')
    .option('--timeout <ms>', 'how long an answer may take (10000)', whole(1, longestWait))
    .option('--seed <n>', 'draw ids and subnets as an earlier run did', whole(0));
}
