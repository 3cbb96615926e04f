import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExitCode } from '../service/exit-code.ts';
import { couldNotStart } from './failure.ts';
import { run } from './run.ts';
import { shipped } from './shipped.ts';

/**
 * Runs the bundled pipeline on a copy of the bundled sample, so that the checkout stays as it is. Each run has a
 * directory of its own, which goes with it; `examples/append.mjs` finds the newest.
 */
export async function quickstart(): Promise<ExitCode> {
  let directory: string;
  try {
    directory = await mkdtemp(join(tmpdir(), 'riskpipe-quickstart-'));
    await copyFile(shipped('examples/audit.log'), join(directory, 'audit.log'));
  } catch (error) {
    return couldNotStart(error);
  }
  process.env['RISKPIPE_SAMPLE'] = join(directory, 'audit.log');
  process.stderr.write('no --config: running the quickstart, pipelines/quickstart.yaml, on a sample\n');
  const code = await run(
    { config: [shipped('pipelines/quickstart.yaml')], set: [] },
    '; try  node examples/append.mjs',
  );
  await rm(directory, { recursive: true, force: true });
  return code;
}
