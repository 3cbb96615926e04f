import { buildGraph } from '../service/graph.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { OwnLog } from '../service/own-log.ts';
import { fromMillis } from '../record/time.ts';
import { ConfigError, formatProblem, type Problem } from '../util/problem.ts';
import { configOf, type ConfigOptions } from './load-config.ts';

/** Checks a configuration and every file that it names; starts nothing, opens no port and no store. */
export async function validate(options: ConfigOptions): Promise<ExitCode> {
  const log = new OwnLog({ level: 'warn', encoding: 'console' });
  let problems: readonly Problem[] = [];
  try {
    const config = await configOf(options);
    problems = config.warnings;
    const now = fromMillis(Date.now());
    await buildGraph(config, (part) => ({ ...part, log: log.of(part.id), now: () => now }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems = [...problems, ...error.problems];
  }
  log.end();
  for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) process.stdout.write(`${errors} ${errors === 1 ? 'error' : 'errors'}\n`);
  else process.stdout.write(`${options.config.join(', ')}: valid\n`);
  return errors > 0 ? exitCode.problemsFound : exitCode.done;
}
