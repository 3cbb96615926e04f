import type { Detection } from '../detection/frontends/frontend.ts';
import { runTests } from '../detection/testing.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { ConfigError } from '../util/problem.ts';
import { detectionsIn } from './files.ts';
import { referencesOf } from './references.ts';
import { runAttackData } from './test/attack-data.ts';
import { dataFiles, type DataFiles } from './test/data-files.ts';
import { TestReport } from './test/report.ts';

export interface TestOptions {
  readonly allowlists: readonly string[];
  /** Where data sets of published detections are: `NAME=FILE`, or directories. */
  readonly data: readonly string[];
  /** A database of places. */
  readonly geoip?: string | undefined;
}

/**
 * Runs the tests of detection files and says how each went. A detection without tests is named, and so is a test whose
 * data is not there.
 */
export async function test(paths: readonly string[], options: TestOptions): Promise<ExitCode> {
  const data = await dataFiles(options.data);
  if (typeof data === 'string') {
    process.stderr.write(`error: ${data}\n`);
    return exitCode.usage;
  }
  try {
    const report = new TestReport((line) => void process.stdout.write(`${line}\n`));
    await runAll(paths, options, data, report);
    report.end();
    return report.failed > 0 ? exitCode.problemsFound : exitCode.done;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return exitCode.problemsFound;
  }
}

async function runAll(
  paths: readonly string[],
  { allowlists, geoip }: TestOptions,
  data: DataFiles,
  report: TestReport,
): Promise<void> {
  const loaded = await detectionsIn(paths, allowlists);
  const references = await referencesOf(loaded, geoip);
  for (const detection of loaded.detections) {
    const { id, origin } = detection.plan;
    if (!hasTests(detection)) report.say('none', `${id}: ${origin.file} has no tests`);
    for (const result of runTests(detection)) report.add(id, result);
    await runAttackData(detection, data, references, report);
  }
  for (const name of data.unused) report.say('note', `no test asks for the data set "${name}"`);
}

const hasTests = ({ tests, attackData = [] }: Detection): boolean => tests.length + attackData.length > 0;
