import type { Entry, Node, Place } from './node.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Path } from './path.ts';
import { Report } from './report.ts';
import { substitute, type Environment } from './substitute.ts';

/**
 * The tree with every `${...}` in its texts replaced; keys are left alone. A text that is nothing but one `${...}`
 * becomes what its replacement is as YAML, a map even, and keeps the replacement as `text`; null if the variable is
 * not set. A text with a mistake is reported, and stays as it is.
 */
export function expand(node: Node, path: Path, environment: Environment, report: Report): Node {
  switch (node.kind) {
    case 'list': {
      const items = node.items.map((item, index) => expand(item, [...path, index], environment, report));
      return { ...node, items };
    }
    case 'map': {
      const entries = new Map<string, Entry>();
      for (const [key, { place, value }] of node.entries) {
        entries.set(key, { place, value: expand(value, [...path, key], environment, report) });
      }
      return { ...node, entries };
    }
    case 'scalar':
      if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
      return expandText(node.value, node.place, path, environment, report);
  }
}

function expandText(text: string, place: Place, path: Path, environment: Environment, report: Report): Node {
  const result = substitute(text, environment);
  if (result.kind === 'failed') {
    report.error(place, path, result.message);
    return { kind: 'scalar', place, text: undefined, value: text };
  }
  for (const name of new Set(result.unset)) {
    report.warning(place, path, `the environment variable "${name}" is not set and has no default`);
  }
  const { whole, value } = result;
  if (whole && value !== undefined) return typed(value, place);
  return { kind: 'scalar', place, text: undefined, value: value ?? null };
}

/** `text` as YAML; as it stands if it is empty, no YAML, or a text anyway. */
function typed(text: string, place: Place): Node {
  const attempt = new Report();
  const node = parseYaml(text, () => place, attempt);
  const isText = text === '' || (node?.kind === 'scalar' && typeof node.value === 'string');
  if (node === undefined || isText || attempt.failed) {
    return { kind: 'scalar', place, text: undefined, value: text };
  }
  return { ...node, text };
}
