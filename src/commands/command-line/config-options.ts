import type { Command } from 'commander';
import { exitCode } from '../../service/exit-code.ts';
import type { ConfigOptions } from '../load-config.ts';

/** For an option that may be given several times: all its values, in order. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Gives a command the options that name a configuration. */
export const withConfig = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration; several are merged in order', collect, [])
    .option('--set <key=value>', 'one value, after all files: --set a.b.c=value', collect, []);

/** The options of a command, those given before its name included; ends with usage if there is no configuration. */
export function needed(command: Command): ConfigOptions {
  const { config, set } = command.optsWithGlobals<ConfigOptions>();
  if (config.length + set.length === 0)
    command.error('error: --config <file> is needed', { exitCode: exitCode.usage });
  return { config, set };
}
