import { Command, CommanderError } from 'commander';
import { version } from '../record/own.ts';
import { exitCode } from '../service/exit-code.ts';
import { didYouMean } from '../util/suggest.ts';
import { withConfig } from './command-line/config-options.ts';
import { addConfigurationCommands } from './command-line/configuration-commands.ts';
import { addDetectionCommands } from './command-line/detection-commands.ts';
import { couldNotLoad } from './failure.ts';
import type { ConfigOptions } from './load-config.ts';

/**
 * Does what `args` (without the program's name) ask for, and leaves the exit code in `process.exitCode`. Resolves with
 * false if that failed in a way which nobody foresaw, so that something may still be running. What runs a service ends
 * the process itself.
 */
export async function runCommandLine(args: readonly string[]): Promise<boolean> {
  try {
    await commandLine().parseAsync(args, { from: 'user' });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      process.exitCode = couldNotLoad(error);
      return false;
    }
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
    return true;
  }
}

/**
 * All commands and options, made anew. It throws `CommanderError` where it would end the process. Commands load when
 * they are called: to run, nothing is read that a run does not need.
 */
export function commandLine(): Command {
  const program = new Command('riskpipe')
    .description('Turns Kubernetes audit logs into risk events and ships them over OTLP.')
    .version(version)
    .exitOverride();
  // A command whose output nobody reads any more ends as any filter does, without a word. What runs or replays goes on:
  // its exporters find out for themselves.
  program.hook('preSubcommand', (_, command) => {
    if (command.name() !== 'replay') process.stdout.on('error', () => process.exit(exitCode.problemsFound));
  });
  addRun(program);
  addConfigurationCommands(program);
  addBuildCommands(program);
  addDetectionCommands(program);
  return program;
}

/** What runs ends by `process.exit`: a start that failed half way may have left a port or a timer behind. */
function addRun(program: Command): void {
  withConfig(program.usage('[options] [command]'))
    .argument('[command]')
    .action(async (unknown: string | undefined, options: ConfigOptions) => {
      if (unknown !== undefined) {
        const known = program.commands.map((command) => command.name());
        program.error(`error: there is no command "${unknown}"${didYouMean(unknown, known)}`, {
          exitCode: exitCode.usage,
        });
      }
      if (options.config.length + options.set.length === 0) {
        const { quickstart } = await import('./quickstart.ts');
        process.exit(await quickstart());
      }
      const { run } = await import('./run.ts');
      process.exit(await run(options));
    });
}

function addBuildCommands(program: Command): void {
  program
    .command('components')
    .description('list the component types of this build')
    .action(async () => {
      const { listComponents } = await import('./components.ts');
      process.exitCode = listComponents();
    });

  program
    .command('schema <what>')
    .description('print a JSON Schema: config, detection or allowlist')
    .action(async (what: string) => {
      const { schema } = await import('./schema.ts');
      process.exitCode = await schema(what);
    });
}
