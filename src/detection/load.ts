import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { compileAllowlist } from './frontends/allowlist/allowlist.ts';
import type { Detection, DetectionFile, Frontend, Surroundings } from './frontends/frontend.ts';
import { nativeFrontend } from './frontends/native/native.ts';
import type { LookupDefinition } from './frontends/splunk/content.ts';
import { loadContent } from './frontends/splunk/load-content.ts';
import { splunkFrontend } from './frontends/splunk/splunk.ts';
import { KnownDetections } from './known-detections.ts';
import { override, type Override } from './override.ts';
import { passedOver } from './passed-over.ts';
import type { AllowEntry, Mode, Plan } from './plan/plan.ts';

/** The files that the configuration names, by what it names them for. */
export interface LoadFiles {
  readonly detections: readonly DetectionFile[];
  readonly allowlists: readonly DetectionFile[];
  /** Macros, deployments and lookup definitions of Splunk's content. */
  readonly macros: readonly DetectionFile[];
  readonly deployments: readonly DetectionFile[];
  readonly lookups: readonly DetectionFile[];
}

/** What the configuration says about detections. */
export interface LoadOptions {
  readonly mode: Mode;
  /** By detection id. */
  readonly overrides: Readonly<Record<string, Override>>;
  /** Splunk's macros by name, or by `name(argument,argument)`; they win over those of files. */
  readonly define: Readonly<Record<string, string>>;
  /** A lookup table that a search names and nobody defines. */
  readonly missingLookup: 'error' | 'warning';
  /** Where `overrides` and `define` are written, for messages: a file and the paths of their keys in it. */
  readonly written: { readonly file: string; readonly overrides: string; readonly define: string };
}

/** The detections that are to run, and all that is wrong. With an error among `problems` nothing should run. */
export interface Loaded {
  readonly detections: readonly Detection[];
  /** The lookup tables that they use. */
  readonly lookups: readonly LookupDefinition[];
  readonly problems: readonly Problem[];
}

const frontends: readonly Frontend[] = [nativeFrontend, splunkFrontend];

/** Compiles the files, in the order given, and applies what the configuration says of the detections. */
export function loadDetections(files: LoadFiles, options: LoadOptions): Loaded {
  const problems: Problem[] = [];
  const { overrides, mode, written } = options;
  const allowlists = loadAllowlists(files.allowlists, problems);
  const { content, problems: inContent } = loadContent({ ...files, ...options, definedAt: written.define });
  problems.push(...inContent);
  const modeOf = (id: string): Mode => overrideOf(overrides, id)?.mode ?? mode;
  const isDisabled = (id: string): boolean => overrideOf(overrides, id)?.disabled === true;
  const around = { allowlists, mode, modeOf, splunk: content };
  const compiled = compileAll(files.detections, around, isDisabled, problems);
  const detections = applyOverrides(compiled, allowlists, options, problems);
  const tables = tablesOf(detections.map(({ plan }) => plan));
  return {
    detections,
    lookups: [...content.lookups.values()].filter(({ name }) => tables.has(name)),
    problems: placedInConfiguration(problems, options),
  };
}

function compileAll(
  files: readonly DetectionFile[],
  around: Surroundings,
  isDisabled: (id: string) => boolean,
  problems: Problem[],
): { readonly byId: ReadonlyMap<string, Detection>; readonly leftOut: ReadonlySet<string> } {
  const leftOut = new Set<string>();
  const known = new KnownDetections(problems);
  for (const file of files) {
    const frontend = frontends.find((candidate) => candidate.accepts(file));
    if (frontend === undefined) {
      problems.push(...passedOver(file));
      continue;
    }
    const compiled = frontend.compile(file, around);
    const id = frontend.idOf(file);
    // What cannot run does no harm where it is not to run.
    if (compiled.detections.length === 0 && id !== undefined && isDisabled(id)) {
      leftOut.add(id);
      continue;
    }
    problems.push(...compiled.problems);
    for (const detection of compiled.detections) known.add(detection);
  }
  return { byId: known.byId, leftOut };
}

function loadAllowlists(
  files: readonly DetectionFile[],
  problems: Problem[],
): ReadonlyMap<string, readonly AllowEntry[]> {
  const paths = new Map<string, string>();
  const allowlists = new Map<string, readonly AllowEntry[]>();
  for (const file of files) {
    const { id, entries, problems: found } = compileAllowlist(file);
    problems.push(...found);
    if (id === undefined) continue;
    const before = paths.get(id);
    if (before !== undefined) {
      const message = `the allowlist "${id}" is already in ${before}; give one of them another id`;
      problems.push(problem(file.path, 'allowlist', message));
      continue;
    }
    paths.set(id, file.path);
    allowlists.set(id, entries);
  }
  return allowlists;
}

function applyOverrides(
  { byId, leftOut }: ReturnType<typeof compileAll>,
  allowlists: ReadonlyMap<string, readonly AllowEntry[]>,
  { overrides, written }: LoadOptions,
  problems: Problem[],
): Detection[] {
  for (const id of Object.keys(overrides)) {
    if (byId.has(id) || leftOut.has(id)) continue;
    const message = `there is no detection "${id}"${didYouMean(id, byId.keys())}`;
    problems.push(problem(written.file, `${written.overrides}.${id}`, message));
  }
  return [...byId].flatMap(([id, detection]) => {
    const change = overrideOf(overrides, id);
    if (change === undefined) return [detection];
    const complain = (key: string, message: string): void => {
      problems.push(problem(written.file, `${written.overrides}.${id}.${key}`, message));
    };
    const plan = override(detection.plan, change, allowlists, complain);
    return change.disabled === true ? [] : [{ ...detection, plan }];
  });
}

const overrideOf = (overrides: LoadOptions['overrides'], id: string): Override | undefined =>
  Object.hasOwn(overrides, id) ? overrides[id] : undefined;

/** Names of the lookup tables that plans look things up in. */
function tablesOf(plans: readonly Plan[]): ReadonlySet<string> {
  const stages = plans.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'transform' ? step.stages : [])),
  );
  return new Set(stages.flatMap((stage) => (stage.kind === 'lookup' ? [stage.table] : [])));
}

/** A problem in a macro that the configuration defines is one of the configuration. */
function placedInConfiguration(found: readonly Problem[], { define, written }: LoadOptions): Problem[] {
  const defined = new Set(Object.keys(define).map((name) => `${written.define}.${name}`));
  return found.map((one) => {
    if (!defined.has(one.file)) return one;
    const where = one.line === 0 ? '' : ` (line ${one.line}, column ${one.column} of the macro)`;
    return {
      ...one,
      file: written.file,
      line: 0,
      column: 0,
      path: one.file,
      message: `${one.message}${where}`,
    };
  });
}

const problem = (file: string, path: string, message: string): Problem => ({
  severity: 'error',
  file,
  line: 0,
  column: 0,
  path,
  message,
});
