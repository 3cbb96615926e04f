// Runs the simulation of test/simulation: `npm run simulate` all of it, as spec/reliability.md §3.2 asks for;
// `npm run simulate -- --seed 17` one random run again, with the last things that happened in it if it fails.
// `--steps N` and `--seeds N` change the sizes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string' }, steps: { type: 'string' } },
});
/** @type {Record<string, string | undefined>} */
const env = { ...process.env, RISKPIPE_SIM: 'full' };
for (const [name, value] of Object.entries(values)) env[`RISKPIPE_SIM_${name.toUpperCase()}`] = value;
const args = ['vitest', 'run', '--config', 'test/simulation/vitest.config.ts'];
if (values.seed !== undefined) args.push('seeds');
const { status } = spawnSync('npx', args, { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
