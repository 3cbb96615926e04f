import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { YamlPath } from '../../../util/yaml/yaml-tree.ts';
import type { Aggregate, GroupKey, Measure, Window } from '../../plan/plan.ts';
import type { DetectionSource } from './detection-schema.ts';
import { parseFieldName } from './field-name.ts';
import { parseMeasure } from './measure.ts';

/** What makes sense only for events that are grouped. */
const needWindow = ['group_by', 'measures', 'having', 'emit'] as const;

/** The aggregate step of a detection file; undefined if it has none, or a problem was found. */
export function aggregateOf(file: YamlFile, source: DetectionSource): Aggregate | undefined {
  if (source.window === undefined) {
    // A window that is wrong is still there.
    if (file.treeAt(['window'])) return undefined;
    for (const key of needWindow) {
      if (source[key] !== undefined) {
        file.error([key], `needs a "window", such as window: {every: 1h}`, 'key');
      }
    }
    return undefined;
  }
  const by = (source.group_by ?? []).map((key, index) => groupKey(file, key, ['group_by', index]));
  const measures = Object.entries(source.measures ?? {}).map(([as, text]) => measure(file, as, text));
  checkNames(file, [...by, ...measures]);
  const emit = source.emit ?? 'first';
  const window = windowOf(file, source.window);
  if (window.kind === 'sliding' && emit !== 'first') {
    file.error(
      ['emit'],
      'a sliding window has no close; write "first", or a window with "every" or "session"',
    );
  }
  return {
    kind: 'aggregate',
    by: by.map(({ key }) => key),
    measures: measures.map(({ key }) => key),
    window,
    emit,
  };
}

/** A part that names a column, and where it does. */
interface Named<T> {
  readonly key: T;
  readonly path: YamlPath;
}

type Source<K extends keyof DetectionSource> = NonNullable<DetectionSource[K]>;

function groupKey(file: YamlFile, source: Source<'group_by'>[number], path: YamlPath): Named<GroupKey> {
  const isText = typeof source === 'string';
  const written = isText ? source : source.field;
  const field = parseFieldName(written);
  if (typeof field === 'string') file.error(isText ? path : [...path, 'field'], field);
  const known = typeof field === 'string' ? { name: written, arrays: 'hidden' as const } : field;
  const filled = !isText && source.default !== undefined ? file.textAt([...path, 'default']) : undefined;
  return { key: { field: known, as: (isText ? undefined : source.as) ?? known.name, default: filled }, path };
}

function measure(file: YamlFile, as: string, text: string): Named<Measure> {
  const path = ['measures', as];
  const parsed = parseMeasure(as, text);
  if (typeof parsed !== 'string') return { key: parsed, path };
  file.error(path, parsed);
  return { key: { as, of: 'count', field: undefined }, path };
}

function checkNames(file: YamlFile, columns: readonly Named<GroupKey | Measure>[]): void {
  const seen = new Set<string>();
  for (const { key, path } of columns) {
    const { as } = key;
    // Messages write a column in braces.
    if (as === '' || /[{}]/.test(as))
      file.error(path, `"${as}" cannot name a column: it is empty or holds a brace`);
    if (seen.has(as)) file.error(path, `the column "${as}" is there twice; name one of them with "as"`);
    seen.add(as);
  }
}

function windowOf(file: YamlFile, source: Source<'window'>): Window {
  const lateness = lengthAt(file, 'lateness', source.lateness, 0);
  if ('sliding' in source) {
    return { kind: 'sliding', length: lengthAt(file, 'sliding', source.sliding), lateness };
  }
  if ('session' in source)
    return { kind: 'session', gap: lengthAt(file, 'session', source.session), lateness };
  const every = lengthAt(file, 'every', source.every);
  const offset = lengthAt(file, 'offset', source.offset, 0);
  if (offset >= every) file.error(['window', 'offset'], 'must be shorter than "every"');
  return { kind: 'tumbling', every, offset, lateness };
}

const longest = 366 * 86_400_000;

/** Whole milliseconds between `least` and a year. */
function lengthAt(file: YamlFile, key: string, ms: number, least = 1): number {
  return checkedLength(file, ['window', key], ms, least);
}

/** `ms` in whole milliseconds; a problem at `path` unless it lies between `least` and a year. */
export function checkedLength(file: YamlFile, path: YamlPath, ms: number, least: number): number {
  const whole = Math.round(ms);
  if (whole < least) file.error(path, 'must be longer than 0');
  if (whole > longest) file.error(path, 'must not be longer than a year');
  return whole;
}
