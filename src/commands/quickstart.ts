import { copyFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../service/exit-code.ts';
import { couldNotStart } from './failure.ts';
import { run } from './run.ts';
import { shipped } from './shipped.ts';

/** Where the quickstart's copy of the sample lies; `examples/append.mjs` appends to it. */
const copy = join(tmpdir(), 'riskpipe-quickstart', 'audit.log');

/** Runs the bundled pipeline on a copy of the bundled sample, so that the checkout stays as it is. */
export async function quickstart(): Promise<ExitCode> {
  try {
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    await copyFile(shipped('examples/audit.log'), copy);
  } catch (error) {
    return couldNotStart(error);
  }
  process.env['RISKPIPE_SAMPLE'] = copy;
  process.stderr.write('no --config: running the quickstart, pipelines/quickstart.yaml, on a sample\n');
  return run({ config: [shipped('pipelines/quickstart.yaml')], set: [] }, `; try  node examples/append.mjs`);
}
