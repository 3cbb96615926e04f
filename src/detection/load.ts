import type { Problem } from '../util/problem.ts';
import { didYouMean, nearest } from '../util/suggest.ts';
import { compileAllowlist } from './frontends/allowlist/allowlist.ts';
import type { Detection, DetectionFile, Frontend } from './frontends/frontend.ts';
import { nativeFrontend } from './frontends/native/native.ts';
import { override, type Override } from './override.ts';
import type { AllowEntry, Mode } from './plan/plan.ts';

/** What the configuration says about detections. */
export interface LoadOptions {
  readonly mode: Mode;
  /** By detection id. */
  readonly overrides: Readonly<Record<string, Override>>;
  /** Where `overrides` is written, for messages: a file and the path of the key in it. */
  readonly written: { readonly file: string; readonly path: string };
}

/** The detections that are to run, and all that is wrong. With an error among `problems` nothing should run. */
export interface Loaded {
  readonly detections: readonly Detection[];
  readonly problems: readonly Problem[];
}

const frontends: readonly Frontend[] = [nativeFrontend];

/** Compiles detection and allowlist files, in the order given, and applies what the configuration says of them. */
export function loadDetections(
  files: readonly DetectionFile[],
  allowlistFiles: readonly DetectionFile[],
  options: LoadOptions,
): Loaded {
  const problems: Problem[] = [];
  const allowlists = loadAllowlists(allowlistFiles, problems);
  const byId = new Map<string, Detection>();
  for (const file of files) {
    const frontend = frontends.find((candidate) => candidate.accepts(file));
    if (frontend === undefined) {
      problems.push(problem(file.path, 0, '', `no detection: ${hint(file.text)}`));
      continue;
    }
    const compiled = frontend.compile(file, { allowlists, mode: options.mode });
    problems.push(...compiled.problems);
    for (const detection of compiled.detections) addOnce(byId, detection, problems);
  }
  return { detections: applyOverrides(byId, allowlists, options, problems), problems };
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
      problems.push(
        problem(
          file.path,
          0,
          'allowlist',
          `the allowlist "${id}" is already in ${before}; give one of them another id`,
        ),
      );
      continue;
    }
    paths.set(id, file.path);
    allowlists.set(id, entries);
  }
  return allowlists;
}

function addOnce(byId: Map<string, Detection>, detection: Detection, problems: Problem[]): void {
  const { id, origin } = detection.plan;
  const before = byId.get(id)?.plan.origin;
  if (before === undefined) byId.set(id, detection);
  else {
    const other = `${before.file}:${before.line}`;
    problems.push(
      problem(
        origin.file,
        origin.line,
        'detection',
        `the detection "${id}" is already in ${other}; give one of them another id`,
      ),
    );
  }
}

function applyOverrides(
  byId: ReadonlyMap<string, Detection>,
  allowlists: ReadonlyMap<string, readonly AllowEntry[]>,
  { overrides, written }: LoadOptions,
  problems: Problem[],
): Detection[] {
  for (const id of Object.keys(overrides)) {
    if (!byId.has(id)) {
      problems.push(
        problem(
          written.file,
          0,
          `${written.path}.${id}`,
          `there is no detection "${id}"${didYouMean(id, byId.keys())}`,
        ),
      );
    }
  }
  return [...byId].flatMap(([id, detection]) => {
    const change = Object.hasOwn(overrides, id) ? overrides[id] : undefined;
    if (change === undefined) return [detection];
    const complain = (key: string, message: string): void => {
      problems.push(problem(written.file, 0, `${written.path}.${id}.${key}`, message));
    };
    const plan = override(detection.plan, change, allowlists, complain);
    return change.disabled === true ? [] : [{ ...detection, plan }];
  });
}

/** What a file that no frontend takes may have been meant to be. */
function hint(text: string): string {
  const keys = Array.from(text.matchAll(/^["']?([A-Za-z_]+)["']?\s*:/gm), ([, key]) => key ?? '');
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.includes(name));
  if (has('allowlist')) return 'looks like an allowlist; name it under "allowlists"';
  if (has('search', 'name') || has('rba')) {
    return 'looks like a Splunk ESCU detection; they are not supported in this version';
  }
  if (has('logsource', 'detection')) return 'looks like a Sigma rule; they are not supported in this version';
  const typo = keys.find((key) => nearest(key, ['detection']) !== undefined);
  return `a detection file has a key "detection" with its id${typo === undefined ? '' : `; did you mean that by "${typo}"?`}`;
}

const problem = (file: string, line: number, path: string, message: string): Problem => ({
  severity: 'error',
  file,
  line,
  column: line === 0 ? 0 : 1,
  path,
  message,
});
