import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { version } from '../../src/record/own.ts';

const part = z.object({
  name: z.string(),
  version: z.string(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).default([]),
  licenses: z.array(z.unknown()).default([]),
});
const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.object({ component: part }),
  components: z.array(part),
});
const lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string(), dev: z.boolean().default(false) })),
});

test('the bill of materials names riskpipe and every package that it is made of, with checksum and licence', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/sbom.mjs'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { metadata, components } = bill.parse(JSON.parse(stdout));
  expect(metadata.component).toMatchObject({ name: 'riskpipe', version });
  const { packages } = lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const names = shipped.map(([path, of]) => `${path.split('node_modules/').at(-1)}@${of.version}`);
  expect(names.length).toBeGreaterThan(10);
  expect(components.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual(names.toSorted());
  const incomplete = components.filter(
    ({ hashes, licenses }) => hashes.length === 0 || licenses.length === 0,
  );
  expect(incomplete.map(({ name }) => name)).toEqual([]);
});
