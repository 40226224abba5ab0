import { Command } from 'commander';
import { checks } from './checks/index.js';
import { surviveClosedOutput } from './commands/closed-output.js';
import { explain, explainHelp } from './commands/explain.js';
import { list, listHelp, listJson } from './commands/list.js';
import { exitCodeOf, withPlainErrors } from './commands/plain-errors.js';
import { reportCommands } from './commands/report-commands.js';
import { resilienceCommand } from './commands/resilience-command.js';
import { runCommand } from './commands/run-command.js';
import { scaleCommand } from './commands/scale-command.js';
import { version } from './version.js';

const program = new Command('opencnm-conformance')
  .description('Tests network drivers, IPAM drivers and container engines against the OpenCNM definition.')
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this')
  .addHelpText('after', '\nEach command has examples: opencnm-conformance run --help');

for (const command of [runCommand(), ...reportCommands(), resilienceCommand(), scaleCommand()])
  program.addCommand(command);

program
  .command('list')
  .description('every check: id, level and title')
  .option('--json', 'with face, clause, operation, needed features and stage, for programs')
  .addHelpText('after', listHelp)
  .action(({ json }: { readonly json?: boolean }) => console.log(json ? listJson(checks) : list(checks)));

program
  .command('explain')
  .description('what a check looks at, why, and how to mend what it finds')
  .argument('<id>', 'the id of a check, as reports and list print it')
  .addHelpText('after', explainHelp)
  .action((id: string) => console.log(explain(checks, id)));

withPlainErrors(program);
surviveClosedOutput();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
