import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { binaryOf, goTool, type GoTool } from './go-tool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the binary of Prometheus' promtool; empty if there is none. */
    promtool: string;
  }
}

const promtool: GoTool = {
  path: 'github.com/prometheus/prometheus/cmd/promtool',
  version: 'v0.305.0',
};

/**
 * Run once by vitest before the tests: takes the promtool that an earlier run has built. It is compiled only if
 * `RISKPIPE_PROMTOOL=build` asks for it: that takes ten minutes and more on two cores.
 */
export function setup(project: TestProject): void {
  const isWanted = process.env['RISKPIPE_PROMTOOL'] === 'build' || existsSync(binaryOf(promtool));
  if (!isWanted) {
    console.warn('the tests with promtool are skipped: none was built; RISKPIPE_PROMTOOL=build has it built');
  }
  project.provide('promtool', isWanted ? goTool(promtool) : '');
}
