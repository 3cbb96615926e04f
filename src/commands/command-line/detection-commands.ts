import { Option, type Command } from 'commander';
import type { CheckFormat } from '../check.ts';
import type { ExplainOptions } from '../explain.ts';
import type { TestOptions } from '../test.ts';
import { collect } from './config-options.ts';

/** Adds the commands about detections, which need no configuration. */
export function addDetectionCommands(program: Command): void {
  addCheck(program);
  addTest(program);
  addExplain(program);
}

function addCheck(program: Command): void {
  program
    .command('check <path...>')
    .description('compile detections, Splunk ESCU content among them, and say what is wrong with them')
    .addOption(
      new Option('--format <format>', 'how to say it').choices(['text', 'json', 'sarif']).default('text'),
    )
    .action(async (paths: string[], { format }: { format: CheckFormat }) => {
      const { check } = await import('../check.ts');
      process.exitCode = await check(paths, format);
    });
}

function addTest(program: Command): void {
  program
    .command('test <path...>')
    .description('run the tests that detection files bring along')
    .option('--allowlists <path>', 'file, folder or glob of allowlists', collect, [])
    .option('--data <data>', 'data set of a published detection, NAME=FILE, or a folder of them', collect, [])
    .option('--geoip <file>', 'database of places, for iplocation')
    .action(async (paths: string[], options: TestOptions) => {
      const { test } = await import('../test.ts');
      process.exitCode = await test(paths, options);
    });
}

function addExplain(program: Command): void {
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
      const { explain } = await import('../explain.ts');
      process.exitCode = await explain(names, options);
    });
}
