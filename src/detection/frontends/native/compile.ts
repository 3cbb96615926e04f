import type { Problem } from '../../../util/problem.ts';
import { didYouMean } from '../../../util/suggest.ts';
import { check } from '../../../util/yaml/check.ts';
import { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { YamlTree } from '../../../util/yaml/yaml-tree.ts';
import { isKnown, techniqueOf } from '../../attack.ts';
import { anyOf } from '../../plan/combine.ts';
import { modeProblem } from '../../plan/mode-problem.ts';
import type { About, Aggregate, AllowEntry, Mode, Plan, Step, Suppress } from '../../plan/plan.ts';
import type { Detection, DetectionFile, Surroundings } from '../frontend.ts';
import { aggregateOf, checkedLength } from './aggregate.ts';
import { Columns } from './columns.ts';
import { compileCondition } from './condition.ts';
import { detectionFile, type DetectionSource } from './detection-schema.ts';
import { parseFieldName } from './field-name.ts';
import { riskOf } from './risk.ts';
import { testsOf } from './test-events.ts';

/** Compiles a file of the native language. Total: a detection with an error is left out, with all its problems. */
export function compileNative(
  file: DetectionFile,
  around: Surroundings,
): { readonly detections: readonly Detection[]; readonly problems: readonly Problem[] } {
  const yaml = new YamlFile(file);
  if (yaml.failed) return { detections: [], problems: yaml.problems };
  const { source, wrong } = check(yaml, detectionFile);
  const usable = source ?? remainder(yaml, wrong);
  const detection = usable === undefined ? undefined : detectionOf(yaml, usable, around, wrong);
  return { detections: detection === undefined || yaml.failed ? [] : [detection], problems: yaml.problems };
}

/** What is left of a file without its wrong parts, so that the problems of the others come to light as well. */
function remainder(file: YamlFile, wrong: ReadonlySet<string>): DetectionSource | undefined {
  const entries = Object.entries(file.value ?? {}).filter(([key]) => !wrong.has(key));
  const required = { detection: 'unknown', title: 'unknown', where: { unknown: '' } };
  return detectionFile.safeParse({ ...required, ...Object.fromEntries(entries) }).data;
}

function detectionOf(
  file: YamlFile,
  source: DetectionSource,
  around: Surroundings,
  wrong: ReadonlySet<string>,
): Detection {
  const sound = (key: string): YamlTree | undefined => (wrong.has(key) ? undefined : file.treeAt([key]));
  const where = sound('where');
  const aggregate = aggregateOf(file, source);
  const columns = new Columns(
    file,
    aggregate,
    !['window', 'group_by', 'measures'].some((key) => wrong.has(key)),
  );
  const plan: Plan = {
    id: source.detection,
    title: source.title,
    about: aboutOf(file, source),
    origin: { frontend: 'native', file: file.path, line: file.place(['detection'], 'key').line },
    mode: modeOf(file, source.mode ?? around.mode, aggregate),
    where: where ? compileCondition(file, where, parseFieldName) : anyOf([]),
    steps: stepsOf(file, source, around, aggregate, columns, sound('having')),
    risk: riskOf(file, source.risk, columns),
  };
  return { plan, tests: testsOf(file, source.tests, columns) };
}

function modeOf(file: YamlFile, mode: Mode, aggregate: Aggregate | undefined): Mode {
  const reason = aggregate && modeProblem(mode, aggregate);
  if (reason !== undefined) file.error(['window', 'sliding'], reason, 'key');
  return mode;
}

function aboutOf(file: YamlFile, source: DetectionSource): About {
  for (const [index, id] of source.attack.entries()) {
    if (!isKnown(id))
      file.warning(
        ['attack', index],
        `"${id}" is not in our ATT&CK table; it is passed on without name and tactics`,
      );
  }
  return {
    uuid: source.uuid ?? '',
    version: source.version === undefined ? '' : file.textAt(['version']),
    status: source.status,
    description: source.description.trim(),
    references: source.references,
    attack: source.attack.map(techniqueOf),
    story: typeof source.story === 'string' ? [source.story] : source.story,
    domain: source.domain,
    license: source.license,
    annotations: {},
    drilldowns: [],
    needs: source.needs,
  };
}

function stepsOf(
  file: YamlFile,
  source: DetectionSource,
  around: Surroundings,
  aggregate: Aggregate | undefined,
  columns: Columns,
  having: YamlTree | undefined,
): Step[] {
  const steps: Step[] = [];
  const entries = allowEntries(file, source.allow, around.allowlists);
  if (entries.length > 0) steps.push({ kind: 'allow', entries });
  if (aggregate) steps.push(aggregate);
  // Without aggregate there is a problem already, and no column that a condition could name.
  if (having && aggregate)
    steps.push({ kind: 'having', where: compileCondition(file, having, columns.resolve) });
  const suppress = suppressOf(file, source.suppress, columns);
  if (suppress) steps.push(suppress);
  return steps;
}

function allowEntries(
  file: YamlFile,
  allow: DetectionSource['allow'],
  known: ReadonlyMap<string, readonly AllowEntry[]>,
): AllowEntry[] {
  const ids = typeof allow === 'string' ? [allow] : allow;
  return ids.flatMap((id, index) => {
    const path = typeof allow === 'string' ? ['allow'] : ['allow', index];
    if (ids.indexOf(id) !== index) file.error(path, `the allowlist "${id}" is there twice`);
    const entries = known.get(id);
    if (entries === undefined)
      file.error(path, `there is no allowlist "${id}"${didYouMean(id, known.keys())}`);
    return entries ?? [];
  });
}

function suppressOf(
  file: YamlFile,
  source: DetectionSource['suppress'],
  columns: Columns,
): Suppress | undefined {
  if (source === undefined) return undefined;
  for (const [index, name] of source.by.entries()) columns.expect(name, ['suppress', 'by', index]);
  return { kind: 'suppress', by: source.by, period: checkedLength(file, ['suppress', 'for'], source.for, 1) };
}
