import type { Logger } from '../../pipeline/logger.ts';
import { fromMillis } from '../../record/time.ts';
import { ConfigError, type Problem } from '../../util/problem.ts';
import { buildGraph } from '../graph.ts';
import type { Config } from './config.ts';

/**
 * What is wrong in the files that a configuration names which is wrong itself: those of its parts that could be read.
 * They are told with its own problems, so that one look is enough.
 */
export async function fileProblems(config: Config): Promise<readonly Problem[]> {
  try {
    await buildGraph(config, (part) => ({ ...part, log: silent, now: () => fromMillis(0) }));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
