import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/detection/finding.ts';
import type { DetectionFile } from '../../../src/detection/frontends/frontend.ts';
import type { Plan } from '../../../src/detection/plan/plan.ts';
import { load } from '../load-fixture.ts';
import { compile, detectionText, runDetection } from './run-search.ts';
import { escuMacros } from './search-case.ts';

const seeds = '../shared/seeds';
const derived = '../shared/data/audit/derived';

const linesIn = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean);

/** The seed document that holds a text; both tell of the same detection, in two versions. */
function seedWith(mark: string): string {
  const texts = readdirSync(seeds).map((name) => readFileSync(`${seeds}/${name}`, 'utf8'));
  const found = texts.find((text) => text.includes(mark));
  if (found === undefined) throw new Error(`no seed holds "${mark}"`);
  return found;
}

/** Version 8 holds its file. */
const versionEight = (): string => seedWith('Raw Content').split('Raw Content\n')[1] ?? '';

/** Version 2 is a page about its file: the search has numbered lines, the risk is a row of a table. */
function versionTwo(): string {
  const text = seedWith('Risk Message |');
  const search = Array.from(text.matchAll(/^\d([`|].*)$/gm), ([, line]) => line).join('\n');
  const [, message, , impact, confidence] = /^(.*\$user\$) \| (\d+) \| (\d+) \| (\d+) \|$/m.exec(text) ?? [];
  const observable = [
    { name: 'user', type: 'User', role: ['Victim'] },
    { name: 'src_ip', type: 'IP Address', role: ['Attacker'] },
  ];
  return detectionText(search, {
    type: 'Anomaly',
    tags: { message, impact: Number(impact), confidence: Number(confidence), observable },
  });
}

const seedPlan = (text: string): Plan =>
  compile({ path: 'kubernetes_suspicious_image_pulling.yml', text }, 'streaming', { define: escuMacros });

const filesIn = (folder: string): readonly DetectionFile[] =>
  readdirSync(folder).map((name) => ({ path: name, text: readFileSync(`${folder}/${name}`, 'utf8') }));

function nativePlan(): Plan {
  const { detections } = load({
    detections: filesIn('pipelines/detections'),
    allowlists: filesIn('pipelines/allowlists'),
  });
  const found = detections.find(({ plan }) => plan.id === 'kubernetes-suspicious-image-pulling');
  if (found === undefined) throw new Error('the shipped detection is missing');
  return found.plan;
}

/** What a finding says, whatever the language of the detection calls its columns. */
const told = ({ columns, count, evidence, late, kind }: Finding): Readonly<Record<string, unknown>> => ({
  count,
  evidence,
  late,
  kind,
  columns: Object.fromEntries(
    Array.from(columns, ([name, values]): [string, readonly string[]] => [
      name.replaceAll('{}', ''),
      [...values].sort(),
    ]).sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
});

const findings = (plan: Plan, events: readonly string[]): readonly Readonly<Record<string, unknown>>[] =>
  runDetection(plan, { events }).findings.map(told);

describe.skipIf(!existsSync(seeds) || !existsSync(derived))(
  'the seed detection (../shared/seeds), streaming',
  () => {
    for (const [version, text, score] of [
      [2, versionTwo, 49],
      [8, versionEight, 20],
    ] as const) {
      describe(`version ${version}`, () => {
        test(`scores ${score}, for the user, with the address beside`, () => {
          const { risk, mode } = seedPlan(text());
          expect(mode).toBe('streaming');
          expect(risk?.objects.map(({ field, type, score }) => [field, type, score])).toEqual([
            ['user', 'user', score],
          ]);
          expect(risk?.threats).toEqual([{ field: 'src_ip', type: 'ip_address' }]);
        });

        test('makes the findings of the shipped detection, of all derived cases together', () => {
          const events = linesIn(`${derived}/pulling-events.jsonl`);
          const native = findings(nativePlan(), events);
          expect(native.length).toBeGreaterThan(10);
          expect(findings(seedPlan(text()), events)).toEqual(native);
        });

        test('and of each for itself finds those that the search finds in Splunk', () => {
          const events = linesIn(`${derived}/pulling-events.jsonl`);
          const expected = linesIn(`${derived}/pulling-events.expected.jsonl`).map(
            (line) => JSON.parse(line) as { readonly case: string; readonly seed_spl_matches: boolean },
          );
          const plan = seedPlan(text());
          const shipped = nativePlan();
          expect(events.map((event) => findings(plan, [event]).length > 0)).toEqual(
            expected.map(({ seed_spl_matches: matches }) => matches),
          );
          for (const event of events) expect(findings(plan, [event])).toEqual(findings(shipped, [event]));
        });
      });
    }
  },
);
