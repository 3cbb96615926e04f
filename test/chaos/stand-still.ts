import { readFileSync } from 'node:fs';
import type { Program } from '../e2e/process.ts';
import { until } from '../e2e/until.ts';

/** Stops a program in whatever it is doing, and resolves when it stands; `SIGCONT` lets it go on. */
export async function standStill(program: Program): Promise<void> {
  program.signal('SIGSTOP');
  await until(
    () =>
      program.exit !== undefined || /^State:\s*T/m.test(readFileSync(`/proc/${program.id}/status`, 'utf8')),
    () => 'the program to stand still',
  );
}
