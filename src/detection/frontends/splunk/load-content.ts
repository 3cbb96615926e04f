import type { Problem } from '../../../util/problem.ts';
import { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { DetectionFile } from '../frontend.ts';
import type { Deployment, DetectionType, LookupDefinition, SplunkContent } from './content.ts';
import { definedMacro } from './defined-macro.ts';
import { contentKind, type ContentKind } from './files/content-kind.ts';
import { readDeployment } from './files/read-deployment.ts';
import { readLookup } from './files/read-lookup.ts';
import { readMacro } from './files/read-macro.ts';
import { macroKey, type Macro } from './spl/macro.ts';
import { standardDeployments } from './standard-deployments.ts';

/** The files of Splunk's content beside the detections, and what the configuration says about it. */
export interface ContentFiles {
  readonly macros: readonly DetectionFile[];
  readonly deployments: readonly DetectionFile[];
  readonly lookups: readonly DetectionFile[];
  /** Macros by name, or by `name(argument,argument)`; they win over those of files. */
  readonly define: Readonly<Record<string, string>>;
  /** The key that `define` is written under, for messages, such as `macros.define`. */
  readonly definedAt: string;
  readonly missingLookup: SplunkContent['missingLookup'];
}

/**
 * Reads what detections refer to. A file of another kind is passed over with a warning. Problems of a defined macro have
 * `definedAt` and its name as their file.
 */
export function loadContent(files: ContentFiles): {
  readonly content: SplunkContent;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const macros = loadMacros(files, problems);
  const deployments = loadDeployments(files.deployments, problems);
  const lookups = loadLookups(files.lookups, problems);
  return { content: { macros, deployments, lookups, missingLookup: files.missingLookup }, problems };
}

function loadMacros(
  { macros: files, define, definedAt }: ContentFiles,
  problems: Problem[],
): ReadonlyMap<string, Macro> {
  const macros = new Once<Macro>((key) => `the macro "${key.replace(/\(0\)$/, '')}"`);
  readAll(files, 'macro', problems, (file) => {
    const macro = readMacro(file);
    if (macro !== undefined) macros.add(macroKey(macro.name, macro.args.length), macro, file);
  });
  const all = new Map(macros.found);
  for (const [name, text] of Object.entries(define)) {
    const file = `${definedAt}.${name}`;
    const macro = definedMacro(name, text, file);
    if (typeof macro !== 'string') all.set(macroKey(macro.name, macro.args.length), macro);
    else problems.push({ severity: 'error', file, line: 0, column: 0, path: '', message: macro });
  }
  return all;
}

function loadDeployments(
  files: readonly DetectionFile[],
  problems: Problem[],
): ReadonlyMap<DetectionType, Deployment> {
  const deployments = new Once<Deployment, DetectionType>((type) => `a deployment of the type "${type}"`);
  readAll(files, 'deployment', problems, (file) => {
    const read = readDeployment(file);
    // Baselines are no detections; that they have a deployment is no mistake.
    if (read !== undefined && read.type !== 'Baseline') deployments.add(read.type, read.deployment, file);
  });
  const { TTP, Anomaly, Hunting, Correlation } = standardDeployments;
  return new Map<DetectionType, Deployment>([
    ['TTP', TTP],
    ['Anomaly', Anomaly],
    ['Hunting', Hunting],
    ['Correlation', Correlation],
    ...deployments.found,
  ]);
}

function loadLookups(
  files: readonly DetectionFile[],
  problems: Problem[],
): ReadonlyMap<string, LookupDefinition> {
  const lookups = new Once<LookupDefinition>((name) => `the lookup "${name}"`);
  readAll(files, 'lookup', problems, (file) => {
    const lookup = readLookup(file);
    if (lookup !== undefined) lookups.add(lookup.name, lookup, file);
  });
  return lookups.found;
}

function readAll(
  files: readonly DetectionFile[],
  wanted: ContentKind,
  problems: Problem[],
  read: (file: YamlFile) => void,
): void {
  for (const file of files) {
    const kind = contentKind(file.text);
    const yaml = new YamlFile(file);
    if (kind === wanted && !yaml.failed) read(yaml);
    else if (!yaml.failed)
      yaml.warning(
        [],
        `passed over: looks like ${kind === undefined ? 'nothing of Splunk' : `a Splunk ${kind}`}, not like a ${wanted}`,
      );
    problems.push(...yaml.problems);
  }
}

/** Things of which each may be in one file only. */
class Once<Thing, Key extends string = string> {
  readonly #nameOf: (key: Key) => string;
  readonly #found = new Map<Key, Thing>();
  readonly #files = new Map<Key, string>();

  constructor(nameOf: (key: Key) => string) {
    this.#nameOf = nameOf;
  }

  get found(): ReadonlyMap<Key, Thing> {
    return this.#found;
  }

  add(key: Key, thing: Thing, file: YamlFile): void {
    const before = this.#files.get(key);
    if (before === undefined) {
      this.#files.set(key, file.path);
      this.#found.set(key, thing);
      return;
    }
    file.error(['name'], `${this.#nameOf(key)} is already in ${before}; take one of them away`);
  }
}
