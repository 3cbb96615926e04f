import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('a mutant that is none is named, with those that there are, and nothing is run', () => {
  const options = { encoding: 'utf8', timeout: 10_000, killSignal: 'SIGKILL' } as const;
  const { status, stdout, stderr } = spawnSync('node', ['scripts/mutants.mjs', 'guard', 'gard'], options);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^no mutant is called "gard"; there are "sync", .*"guard"/);
});
