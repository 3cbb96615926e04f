import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { riskpipe } from '../commands/riskpipe.ts';

const folder = 'examples/sidecar';

test('the configuration of riskpipe beside a Collector is valid', async () => {
  const { status, stdout, stderr } = await riskpipe(['validate', '--config', `${folder}/riskpipe.yaml`]);
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/: valid\n$/);
});

test('the two speak to each other on the loopback address, each where the other listens', () => {
  const portsOf = (name: string): readonly (string | undefined)[] =>
    Array.from(
      readFileSync(`${folder}/${name}`, 'utf8').matchAll(/endpoint: '?(?:http:\/\/)?127\.0\.0\.1:(\d+)/g),
      ([, port]) => port,
    );
  const [back, to, health] = portsOf('collector.yaml');
  expect(portsOf('riskpipe.yaml')).toEqual([to, back]);
  expect(health).not.toBe('13134');
});
