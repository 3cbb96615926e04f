import { expect, test } from 'vitest';
import { Program } from './process.ts';

const mebibyte = 2 ** 20;

/** Run before the program; at its end tells the memory for new objects, in bytes, as the last line of its output. */
const preload = `
  import { getHeapSpaceStatistics } from 'node:v8';
  process.on('exit', () => {
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    process.stdout.write('\\n' + space.space_size);
  });`;

test('loading code and configuration does not grow the memory for new objects', async () => {
  const program = new Program(['validate', '--config', 'pipelines/quickstart.yaml'], {
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` },
  });
  await program.exited;
  const size = Number(program.stdout.split('\n').at(-1));
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(2 * mebibyte);
});
