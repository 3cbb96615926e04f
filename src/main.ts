#!/usr/bin/env node
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CheckFormat } from './commands/check.ts';
import type { DeadAction } from './commands/dead.ts';
import type { ExplainOptions } from './commands/explain.ts';
import { couldNotLoad, messageOf } from './commands/failure.ts';
import type { ConfigOptions } from './commands/load-config.ts';
import type { StatusFormat } from './commands/status.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { TestOptions } from './commands/test.ts';
import type { WebhookOptions } from './commands/webhook-config.ts';
import { keepOldGenerationSmall } from './commands/old-generation.ts';
import { keepYoungGenerationSmall } from './commands/young-generation.ts';
import { version } from './record/own.ts';
import { exitCode } from './service/exit-code.ts';
import { sealPrototypes } from './util/seal-prototypes.ts';
import { didYouMean } from './util/suggest.ts';

sealPrototypes();
keepYoungGenerationSmall();
keepOldGenerationSmall();

// What runs ends by `process.exit`: a start that failed half way may have left a port or a timer behind.
// Commands load when they are called: to run, nothing is read that a run does not need.
const mostThreads = 64;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('riskpipe')
  .description('Turns Kubernetes audit logs into risk events and ships them over OTLP.')
  .version(version)
  .exitOverride();

// A command whose output nobody reads any more ends as any filter does, without a word. What runs or replays goes on:
// its exporters find out for themselves.
program.hook('preSubcommand', (_, command) => {
  if (command.name() !== 'replay') process.stdout.on('error', () => process.exit(exitCode.problemsFound));
});

const withConfig = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration; several are merged in order', collect, [])
    .option('--set <key=value>', 'one value, after all files: --set a.b.c=value', collect, []);

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
      const { quickstart } = await import('./commands/quickstart.ts');
      process.exit(await quickstart());
    }
    const { run } = await import('./commands/run.ts');
    process.exit(await run(options));
  });

withConfig(program.command('validate'))
  .description('check a configuration and the files it names, without starting anything')
  .action(async (_: object, command: Command) => {
    const { validate } = await import('./commands/validate.ts');
    process.exitCode = await validate(needed(command));
  });

withConfig(program.command('print-config'))
  .description('print the configuration as it will run; secrets are masked')
  .action(async (_: object, command: Command) => {
    const { printConfiguration } = await import('./commands/print-config.ts');
    process.exitCode = await printConfiguration(needed(command));
  });

withConfig(program.command('replay'))
  .description('read all that is there to its end, deliver what is found, and end')
  .option('--report <file>', 'write the counters there, as JSON')
  .option(
    '--workers <count>',
    'threads that scan what is read; 1: none beside the one that does all; auto: the cores, from 2 GiB on',
    threadCount,
    'auto',
  )
  .action(async (options: ReplayOptions, command: Command) => {
    const { replay } = await import('./commands/replay.ts');
    process.exit(await replay(needed(command), options));
  });

withConfig(program.command('status'))
  .description('tell what a running or stopped instance has read, found and delivered, from its store')
  .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
  .action(async ({ format }: { format: StatusFormat }, command: Command) => {
    const { status } = await import('./commands/status.ts');
    process.exitCode = await status(needed(command), format);
  });

withConfig(program.command('dead'))
  .description('look at the records that backends refused, send them again, or delete them')
  .addArgument(new Argument('<action>', 'what to do').choices(['list', 'show', 'retry', 'drop']))
  .argument('[id...]', 'which, as "list" shows them')
  .option('--all', 'all of them')
  .action(async (action: DeadAction, ids: string[], options: { all?: boolean }, command: Command) => {
    if (action !== 'list' && ids.length > 0 === (options.all === true)) {
      command.error('error: name dead letters, or write --all', { exitCode: exitCode.usage });
    }
    const { dead } = await import('./commands/dead.ts');
    process.exitCode = await dead(action, ids, needed(command));
  });

withConfig(program.command('webhook-config'))
  .description('print the kubeconfig by which a kube-apiserver sends its audit events to kubernetes_audit')
  .option('--name <id>', 'which receiver, if there are several')
  .option('--flags', 'print the flags of the API server instead')
  .option('--server <address>', 'host and port by which it reaches the receiver')
  .option('--ca <file>', "certificate of the authority that signed the receiver's")
  .option('--client-certificate <path>', 'what it shows, on its machine')
  .option('--client-key <path>', 'the key of that, on its machine')
  .option('--token-file <path>', 'the token that it shows, on its machine')
  .action(async (options: WebhookOptions, command: Command) => {
    const { webhookConfig } = await import('./commands/webhook-config.ts');
    process.exitCode = await webhookConfig(needed(command), options);
  });

withConfig(program.command('quarantine'))
  .description('print what kubernetes_audit was sent and could not read, one JSON object a line')
  .action(async (_: object, command: Command) => {
    const { printQuarantine } = await import('./commands/quarantine.ts');
    process.exitCode = await printQuarantine(needed(command));
  });

program
  .command('components')
  .description('list the component types of this build')
  .action(async () => {
    const { listComponents } = await import('./commands/components.ts');
    process.exitCode = listComponents();
  });

program
  .command('schema <what>')
  .description('print a JSON Schema: config, detection or allowlist')
  .action(async (what: string) => {
    const { schema } = await import('./commands/schema.ts');
    process.exitCode = await schema(what);
  });

program
  .command('check <path...>')
  .description('compile detections, Splunk ESCU content among them, and say what is wrong with them')
  .addOption(
    new Option('--format <format>', 'how to say it').choices(['text', 'json', 'sarif']).default('text'),
  )
  .action(async (paths: string[], { format }: { format: CheckFormat }) => {
    const { check } = await import('./commands/check.ts');
    process.exitCode = await check(paths, format);
  });

program
  .command('test <path...>')
  .description('run the tests that detection files bring along')
  .option('--allowlists <path>', 'file, folder or glob of allowlists', collect, [])
  .option('--data <data>', 'data set of a published detection, NAME=FILE, or a folder of them', collect, [])
  .option('--geoip <file>', 'database of places, for iplocation')
  .action(async (paths: string[], options: TestOptions) => {
    const { test } = await import('./commands/test.ts');
    process.exitCode = await test(paths, options);
  });

program
  .command('explain <detection...>')
  .description('show what detections compile to, for an event which test decided, or how lines are scanned')
  .option('--event <file>', 'a file with one event a line; - is standard input')
  .option('--scan', 'show how the scanner looks for them, all together')
  .option('--data <file>', 'with --scan: a log, to show what comes of it')
  .option('--source <source>', 'what Splunk would call the source of the events')
  .option('--sourcetype <sourcetype>', 'the same for their sourcetype')
  .option('--detections <path>', 'file, folder or glob to look for it in, with its macros', collect, [])
  .option('--allowlists <path>', 'file, folder or glob of allowlists', collect, [])
  .option('--geoip <file>', 'database of places, for iplocation')
  .action(async (names: readonly string[], options: ExplainOptions) => {
    const { explain } = await import('./commands/explain.ts');
    process.exitCode = await explain(names, options);
  });

function threadCount(text: string): ReplayOptions['workers'] {
  if (text === 'auto') return text;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= mostThreads) return count;
  throw new InvalidArgumentError(`write a number from 1 to ${mostThreads}, or auto.`);
}

/** The options of a command, those given before its name included; ends with usage if there is no configuration. */
function needed(command: Command): ConfigOptions {
  const { config, set } = command.optsWithGlobals<ConfigOptions>();
  if (config.length + set.length === 0)
    command.error('error: --config <file> is needed', { exitCode: exitCode.usage });
  return { config, set };
}

// What nobody expected, here or in a callback.
process.on('uncaughtException', (error) => {
  process.stderr.write(`riskpipe: ${messageOf(error)}\n`);
  process.exit(exitCode.failed);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.exit(couldNotLoad(error));
  process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
}
