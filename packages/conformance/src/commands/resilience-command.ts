import { Command } from 'commander';
import { withDriverFlags } from './driver-flags.js';
import { longestWait, whole } from './flags.js';
import { type ResilienceFlags, resilience } from './resilience.js';

/** `resilience`: its flags, its help, and what it does. */
export function resilienceCommand(): Command {
  const command = new Command('resilience')
    .description('kill a driver between any two calls, and look at what is left after its restart')
    .argument('[target]', 'unix:///run/docker/plugins/acme.sock or tcp://host:port')
    .option('--driver-command <command>', 'starts the driver in the foreground; the suite kills it (/bin/sh)')
    .option('--hook-restart <command>', 'kills the running driver with SIGKILL and starts it again (/bin/sh)')
    .option('--hook-state <command>', 'prints how many things the driver holds, to find what leaks (/bin/sh)')
    .option('--start-timeout <ms>', 'how long a start of the driver may take (10000)', whole(1, longestWait))
    .option('--report <folder>', 'write resilience.json, .xml (JUnit) and .md there');
  return withDriverFlags(command)
    .option('--address <cidr>', 'the address of endpoints, with prefix length')
    .addHelpText('after', examples)
    .action(async (target: string | undefined, flags: ResilienceFlags) => {
      process.exitCode = await resilience(target, flags);
    });
}

const examples = `
Examples:
  $ opencnm-conformance resilience unix:///run/docker/plugins/acme.sock \\
      --driver-command "acme-driver --state /var/lib/acme"
  $ opencnm-conformance resilience unix:///run/docker/plugins/acme.sock \\
      --hook-restart "systemctl kill -s KILL acme; systemctl restart acme" \\
      --hook-state "ip -o link show type veth | wc -l"

The driver is killed once behind each call of a container's life, and once twice
in a row, while another container runs. Networks have IPv4 and, where the driver
takes it, IPv6. Commands run with the rights of this one. Exit codes: 0 passed,
1 failed, 2 the command is wrong, 3 the target could not be tested,
130 interrupted.`;
