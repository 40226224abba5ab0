import { Command } from 'commander';
import { diff } from './diff.js';
import { whole } from './flags.js';
import { merge } from './merge.js';
import { type ReplayFlags, replayReport } from './replay-report.js';
import { type VerifyFlags, verify } from './verify.js';

const tls = ['--tls <folder>', 'ca.pem, cert.pem and key.pem for an engine behind TLS'] as const;

/** The commands that read the reports of earlier runs. */
export function reportCommands(): readonly Command[] {
  return [
    new Command('verify')
      .description('whether a report is as a run wrote it, and whether the target still does what it says')
      .argument('<report>', 'the report.json of a run')
      .option('--sample <n>', 'run so many checks of it again, drawn at random', whole(1))
      .option('--target <url>', 'where they are run')
      .option(...tls)
      .addHelpText('after', verifyHelp)
      .action(async (report: string, flags: VerifyFlags) => {
        process.exitCode = await verify(report, flags);
      }),
    new Command('replay')
      .description('send the exchanges of a check in a report again, and print old and new answers')
      .argument('<report>', 'the report.json of a run')
      .argument('<id>', 'a check that is not green in it')
      .option('--target <url>', 'where to send them; where the run was otherwise')
      .option(...tls)
      .addHelpText('after', replayHelp)
      .action(async (report: string, id: string, flags: ReplayFlags) => {
        process.exitCode = await replayReport(report, id, flags);
      }),
    new Command('merge')
      .description('make one report of the reports of shards, and judge it anew')
      .argument('<reports...>', 'the report.json of each shard')
      .requiredOption('--report <folder>', 'write the report there')
      .addHelpText('after', mergeHelp)
      .action((reports: readonly string[], { report }: { readonly report: string }) => {
        process.exitCode = merge(reports, report);
      }),
    new Command('diff')
      .description('what is better, worse, new and gone in the second of two reports')
      .argument('<before>', 'a report.json')
      .argument('<after>', 'a later one')
      .addHelpText('after', diffHelp)
      .action((before: string, after: string) => {
        process.exitCode = diff(before, after);
      }),
  ];
}

const verifyHelp = `
Examples:
  $ opencnm-conformance verify reports/report.json
  $ opencnm-conformance verify reports/report.json --sample 20 \\
      --target unix:///run/docker/plugins/acme.sock

The digest shows that a report was edited, not who made it: only a sample that
is run again shows what the target does.

Exit codes: 0 good, 1 edited or different, 2 the command or a file is wrong,
3 the target could not be tested.`;

const replayHelp = `
Examples:
  $ opencnm-conformance replay reports/report.json join.gateway-in-subnet
  $ opencnm-conformance replay reports/report.json join.gateway-in-subnet \\
      --target tcp://127.0.0.1:9000

Exit codes: 0 every answer has its old status and meaning, 1 one has not, 2 the
command or a file is wrong, 3 the target could not be reached.`;

const mergeHelp = `
Example:
  $ opencnm-conformance merge reports/*/report.json --report reports/whole

Exit codes: those of a run; 2 also where the reports are not parts of one run.`;

const diffHelp = `
Example:
  $ opencnm-conformance diff released/report.json reports/report.json

It compares what the target did, whatever is listed as a known failure.

Exit codes: 0 nothing is worse, 1 something is, 2 the command or a file
is wrong.`;
