import { formatId, parseId } from '../../pipeline/id.ts';
import type { ComponentEntry, ComponentKind } from '../../pipeline/registry.ts';
import { aliasMessage, parseName, sectionOf } from './component-name.ts';
import type { Entry, Node } from './node.ts';
import type { Path } from './path.ts';
import type { Report } from './report.ts';

const kinds: readonly ComponentKind[] = ['receiver', 'processor', 'exporter', 'extension'];

/**
 * One source's tree with every component and pipeline under its canonical id, so that sources which spell one
 * differently still merge. Bad ids, ids that are the same, and old names are reported; bad ids stay as they are.
 */
export function canonicalise(root: Node, components: readonly ComponentEntry[], report: Report): Node {
  let tree = root;
  for (const kind of kinds) {
    const types = components.filter((entry) => entry.kind === kind);
    tree = renameKeys(tree, [], [sectionOf(kind)], report, (key) => {
      const name = parseName(key, types);
      if (typeof name === 'string') return { message: name };
      return name.alias === undefined ? name : { ...name, warning: aliasMessage(name.alias, name.type) };
    });
  }
  return renameKeys(tree, [], ['service', 'pipelines'], report, (key) => {
    const id = parseId(key);
    return typeof id === 'string' ? { message: id } : { id: formatId(id) };
  });
}

type Renamed = { readonly id: string; readonly warning?: string } | { readonly message: string };
type Rename = (key: string) => Renamed;

/** `node` with the keys of the map at `below`, which is relative to it, renamed. */
function renameKeys(node: Node, path: Path, below: readonly string[], report: Report, rename: Rename): Node {
  if (node.kind !== 'map') return node;
  const [next, ...rest] = below;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const inside = [...path, key];
    if (next === undefined) addRenamed(entries, key, entry, inside, report, rename(key));
    else if (key !== next) entries.set(key, entry);
    else entries.set(key, { ...entry, value: renameKeys(entry.value, inside, rest, report, rename) });
  }
  return { ...node, entries };
}

function addRenamed(
  entries: Map<string, Entry>,
  key: string,
  entry: Entry,
  path: Path,
  report: Report,
  renamed: Renamed,
): void {
  if ('message' in renamed) {
    report.error(entry.place, path, renamed.message);
    entries.set(key, entry);
    return;
  }
  if (renamed.warning !== undefined) report.warning(entry.place, path, renamed.warning);
  const first = entries.get(renamed.id);
  if (first === undefined) entries.set(renamed.id, entry);
  else report.error(entry.place, path, `the same as "${renamed.id}" in line ${first.place.line}`);
}
