import { readFile } from 'node:fs/promises';
import type { AttackData, Detection } from '../../detection/frontends/frontend.ts';
import type { References } from '../../detection/reference.ts';
import type { Sample } from '../../detection/sample-run.ts';
import { runDataTest } from '../../detection/testing/data-test.ts';
import { placing } from '../../processors/detection/needed-fields.ts';
import type { DataFiles } from './data-files.ts';
import type { TestReport } from './report.ts';

/** Runs the tests of a published detection for which the data is there; the others are skipped, and say why. */
export async function runAttackData(
  { plan, attackData = [] }: Detection,
  files: DataFiles,
  references: References,
  report: TestReport,
): Promise<void> {
  const unplaced = references.places === undefined && placing([plan]).length > 0;
  const hint = unplaced ? ['it asks where addresses are; --geoip FILE names a database that knows'] : [];
  for (const test of attackData) {
    const samples = await samplesOf(test, files);
    if (typeof samples === 'string') {
      report.skip(plan.id, test.name, samples);
      continue;
    }
    const result = runDataTest(plan, test.name, samples, references);
    report.add(plan.id, { ...result, why: [...result.why, ...hint] });
  }
}

/** The data of a test; a text says why it is not there. Half of it would be another test. */
async function samplesOf(
  { files: wanted }: AttackData,
  files: DataFiles,
): Promise<readonly Sample[] | string> {
  if (wanted.length === 0) return 'it names no data';
  const samples: Sample[] = [];
  for (const { data, source, sourcetype } of wanted) {
    const path = await files.find(data);
    if (path === undefined) return `no local file for ${data}; name it with --data`;
    const text = await readFile(path, 'utf8');
    samples.push({ lines: text.split('\n').filter((line) => line.trim() !== ''), source, sourcetype });
  }
  return samples;
}
