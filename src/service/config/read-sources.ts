import type { ComponentEntry } from '../../pipeline/registry.ts';
import { canonicalise } from './canonicalise.ts';
import { expand } from './expand.ts';
import { merge } from './merge.ts';
import { isEmpty, type Node } from './node.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Report } from './report.ts';
import { parseSetFlag } from './set-flag.ts';
import type { Environment } from './substitute.ts';

/** One `--config` file, as a person would name it. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
}

/**
 * All files, then all `--set` flags, as one tree: substituted, ids canonical, merged left to right. Undefined if one
 * of them cannot be read at all, which then is reported, or if all are empty.
 */
export function readSources(
  files: readonly ConfigFile[],
  sets: readonly string[],
  environment: Environment,
  components: readonly ComponentEntry[],
  report: Report,
): Node | undefined {
  const trees = [
    ...files.map(({ file, text }) => parseYaml(text, (line, column) => ({ file, line, column }), report)),
    ...sets.map((flag) => parseSetFlag(flag, report)),
  ];
  const readable = trees.filter((tree) => tree !== undefined && holdsSections(tree, report));
  if (readable.length < trees.length) return undefined;
  let merged: Node | undefined;
  for (const tree of readable) {
    // An empty file changes nothing; only a key that is null wipes what is below it.
    if (tree === undefined || isEmpty(tree)) continue;
    const next = canonicalise(expand(tree, [], environment, report), components, report);
    merged = merged === undefined ? next : merge(merged, next);
  }
  return merged;
}

function holdsSections(tree: Node, report: Report): boolean {
  if (tree.kind === 'map' || isEmpty(tree)) return true;
  report.error(tree.place, [], 'a configuration is a map of sections such as "receivers" and "service"');
  return false;
}
