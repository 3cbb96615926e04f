import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const given = process.env['XDG_CACHE_HOME'] ?? '';

/** Where logs and yardsticks are kept between runs and checkouts. */
export const cacheFolder = join(given === '' ? join(homedir(), '.cache') : given, 'riskpipe', 'bench');

/** The built program. Commands run in the root of the checkout, where npm starts them. */
export const builtProgram = resolve('dist/main.js');

/** A program of the benchmark, as scripts/bench.mjs has bundled it. */
export const benchProgram = (
  name: 'steady' | 'parse-loop' | 'follow' | 'append' | 'compile' | 'sink',
): string => resolve('.cache/bench', `${name}.js`);

/** Recorded logs and published detections, if they lie beside the checkout. */
export const sharedData = resolve('../shared/data');
