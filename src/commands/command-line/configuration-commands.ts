import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { exitCode } from '../../service/exit-code.ts';
import type { DeadAction } from '../dead.ts';
import type { ReplayOptions } from '../replay.ts';
import type { StatusFormat } from '../status.ts';
import type { WebhookOptions } from '../webhook-config.ts';
import { needed, withConfig } from './config-options.ts';

const mostThreads = 64;

/** Adds the commands about one configuration: they need `--config` or `--set`. */
export function addConfigurationCommands(program: Command): void {
  addValidateAndPrint(program);
  addReplay(program);
  addStatus(program);
  addDead(program);
  addWebhookConfig(program);
  addQuarantine(program);
}

function addValidateAndPrint(program: Command): void {
  withConfig(program.command('validate'))
    .description('check a configuration and the files it names, without starting anything')
    .action(async (_: object, command: Command) => {
      const { validate } = await import('../validate.ts');
      process.exitCode = await validate(needed(command));
    });

  withConfig(program.command('print-config'))
    .description('print the configuration as it will run; secrets are masked')
    .action(async (_: object, command: Command) => {
      const { printConfiguration } = await import('../print-config.ts');
      process.exitCode = await printConfiguration(needed(command));
    });
}

function addReplay(program: Command): void {
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
      const { replay } = await import('../replay.ts');
      process.exit(await replay(needed(command), options));
    });
}

function addStatus(program: Command): void {
  withConfig(program.command('status'))
    .description('tell what a running or stopped instance has read, found and delivered, from its store')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .action(async ({ format }: { format: StatusFormat }, command: Command) => {
      const { status } = await import('../status.ts');
      process.exitCode = await status(needed(command), format);
    });
}

function addDead(program: Command): void {
  withConfig(program.command('dead'))
    .description('look at the records that backends refused, send them again, or delete them')
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'show', 'retry', 'drop']))
    .argument('[id...]', 'which, as "list" shows them')
    .option('--all', 'all of them')
    .action(async (action: DeadAction, ids: string[], options: { all?: boolean }, command: Command) => {
      if (action !== 'list' && ids.length > 0 === (options.all === true)) {
        command.error('error: name dead letters, or write --all', { exitCode: exitCode.usage });
      }
      const { dead } = await import('../dead.ts');
      process.exitCode = await dead(action, ids, needed(command));
    });
}

function addWebhookConfig(program: Command): void {
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
      const { webhookConfig } = await import('../webhook-config.ts');
      process.exitCode = await webhookConfig(needed(command), options);
    });
}

function addQuarantine(program: Command): void {
  withConfig(program.command('quarantine'))
    .description('print what kubernetes_audit was sent and could not read, one JSON object a line')
    .action(async (_: object, command: Command) => {
      const { printQuarantine } = await import('../quarantine.ts');
      process.exitCode = await printQuarantine(needed(command));
    });
}

function threadCount(text: string): ReplayOptions['workers'] {
  if (text === 'auto') return text;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= mostThreads) return count;
  throw new InvalidArgumentError(`write a number from 1 to ${mostThreads}, or auto.`);
}
