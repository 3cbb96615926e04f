import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { builtProgram } from './process.ts';

/** Run in the program's own process, once it has done its work. */
const pollute = `process.on('exit', () => {
  const parsed = JSON.parse('{"__proto__": {"polluted": true}}');
  parsed.__proto__.added = true;
  try { Object.prototype.polluted = true } catch {}
  Reflect.set(Object.prototype, 'polluted', true);
  console.error(JSON.stringify([({}).__proto__ === undefined, 'polluted' in {}, Object.keys(parsed)]));
})`;

test('no object of the program gets a property that it was not given', () => {
  const preload = `data:text/javascript,${encodeURIComponent(pollute)}`;
  const ended = spawnSync(process.execPath, ['--import', preload, builtProgram, 'components'], {
    encoding: 'utf8',
  });
  expect(ended.stdout).toContain('file_log');
  expect(ended.status).toBe(0);
  expect(JSON.parse(ended.stderr)).toEqual([true, false, ['__proto__']]);
});
