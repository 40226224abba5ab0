import { Command, InvalidArgumentError } from 'commander';
import { withDriverFlags } from './driver-flags.js';
import { whole } from './flags.js';
import { type ScaleFlags, scale } from './scale.js';

/** `scale`: its flags, its help, and what it does. */
export function scaleCommand(): Command {
  const command = new Command('scale')
    .description('measure how the calls of a driver slow down while it holds more and more')
    .argument('[target]', 'unix:///run/docker/plugins/acme.sock or tcp://host:port')
    .option('--sizes <n,n>', 'how many networks and endpoints there are (10,100,1000,10000)', sizes)
    .option('--max-seconds <n>', 'when to end at the latest, removing included (600)', whole(1))
    .option('--report <folder>', 'write scale.json, scale.svg and scale.html there');
  return withDriverFlags(command)
    .addHelpText('after', examples)
    .action(async (target: string | undefined, flags: ScaleFlags) => {
      process.exitCode = await scale(target, flags);
    });
}

/** Reads `10,100,1000`. */
function sizes(text: string): readonly number[] {
  const all = text.split(',').map(whole(1));
  if (all.length > 16) throw new InvalidArgumentError('It may have at most 16 sizes.');
  return all;
}

const examples = `
Examples:
  $ opencnm-conformance scale unix:///run/docker/plugins/acme.sock
  $ opencnm-conformance scale unix:///run/docker/plugins/acme.sock \\
      --sizes 10,100,1000 --max-seconds 300 --report reports/acme

Sizes for which there is no time are left out, which is told. All that was made
is removed in the end. Exit codes: 0 measured, 1 the driver failed on the way,
2 the command is wrong, 3 the target could not be measured, 130 interrupted.`;
