import { runTests } from '../detection/testing.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { ConfigError } from '../util/problem.ts';
import { printable } from '../util/printable.ts';
import { detectionsIn } from './files.ts';

/** Runs the `tests` of detection files and says what each found. A detection without tests is named. */
export async function test(paths: readonly string[], allowlists: readonly string[]): Promise<ExitCode> {
  const out = (line: string): void => void process.stdout.write(`${printable(line)}\n`);
  try {
    let passed = 0;
    let failed = 0;
    const { detections } = await detectionsIn(paths, allowlists);
    for (const detection of detections) {
      const { id, origin } = detection.plan;
      if (detection.tests.length === 0) out(`none  ${id}: ${origin.file} has no tests`);
      for (const { name, passed: good, why } of runTests(detection)) {
        if (good) passed++;
        else failed++;
        out(`${good ? 'pass' : 'FAIL'}  ${id}: ${name}`);
        if (!good) for (const line of why) out(`        ${line}`);
      }
    }
    out(`${passed} passed, ${failed} failed`);
    return failed > 0 ? exitCode.problemsFound : exitCode.done;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return exitCode.problemsFound;
  }
}
