import type { Entry, Node, Place } from './node.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Report } from './report.ts';

/**
 * `receivers.file_log.start_at=beginning` of a `--set` as a tree (spec/collector.md §1.3): the value is YAML, `.`
 * (or `::`) separates keys, so a key that holds a dot cannot be set. Undefined, and reported, if it is none.
 * Its place is `--set receivers.file_log.start_at=...`: the value may be a secret.
 */
export function parseSetFlag(flag: string, report: Report): Node | undefined {
  const split = flag.indexOf('=');
  const place: Place = { file: `--set ${flag.slice(0, Math.max(0, split))}=...`, line: 0, column: 0 };
  if (split === -1) {
    report.error({ ...place, file: '--set' }, [], 'an equal sign is missing; write --set a.b.c=value');
    return undefined;
  }
  const keys = flag.slice(0, split).trim().split(/::|\./);
  if (keys.length > maxKeys || keys.some((key) => key === '' || key === '__proto__')) {
    report.error(place, [], 'this is no path of keys; write --set a.b.c=value');
    return undefined;
  }
  const value = parseYaml(flag.slice(split + 1), () => place, report, keys);
  return value && keys.reduceRight<Node>((node, key) => wrap(key, node, place), value);
}

const maxKeys = 20;

function wrap(key: string, value: Node, place: Place): Node {
  const entries = new Map<string, Entry>([[key, { place, value }]]);
  return { kind: 'map', place, text: undefined, entries };
}
