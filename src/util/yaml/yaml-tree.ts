import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
  type Scalar,
} from 'yaml';
import type { ScalarStyle } from './scalar-offsets.ts';

/** Where something stands in a file; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The way to a value: keys of maps, indexes of lists. */
export type YamlPath = readonly (string | number)[];

/** A value of a YAML file, with where it and everything in it was written. */
export interface YamlTree {
  readonly path: YamlPath;
  /** Plain JavaScript: maps are objects, lists arrays, scalars by YAML 1.2's core schema. */
  readonly value: unknown;
  /** Of a plain scalar: as it was written, so that `1.10` and `1.1` stay two texts. */
  readonly source: string | undefined;
  /** Of a scalar that is written at all: the offset of its first character in the text of the file, and how it is written. */
  readonly written: { readonly start: number; readonly style: ScalarStyle } | undefined;
  readonly place: Place;
  readonly children: ReadonlyMap<string | number, YamlTree>;
  /** Of a map: where each key stands. */
  readonly keys: ReadonlyMap<string, Place>;
}

/** Something that `treeOf` cannot take. */
export interface TreeProblem {
  readonly place: Place;
  readonly message: string;
}

/** Aliases may repeat a large part many times: a file that grows beyond this is refused. */
const maxNodes = 100_000;
const maxDepth = 64;

/** The tree of a parsed document, aliases written out; `problems` says what was left out. */
export function treeOf(
  document: Document.Parsed,
  lines: LineCounter,
): { readonly tree: YamlTree; readonly problems: readonly TreeProblem[] } {
  const grower = new Grower(document, lines);
  return { tree: grower.grow(document.contents, [], { line: 1, column: 1 }), problems: grower.problems };
}

class Grower {
  readonly problems: TreeProblem[] = [];
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  #nodes = 0;

  constructor(document: Document.Parsed, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  grow(node: unknown, path: YamlPath, around: Place, aliases = 0): YamlTree {
    const place = this.#place(node) ?? around;
    if (++this.#nodes > maxNodes)
      return this.#refuse(path, place, 'too large once its aliases are written out');
    if (path.length + aliases > maxDepth) {
      return this.#refuse(path, place, `nested deeper than ${maxDepth} levels`);
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      return target === undefined
        ? this.#refuse(path, place, `no anchor "${node.source}" before this alias`)
        : this.grow(target, path, place, aliases + 1);
    }
    if (isMap(node)) return this.#map(node.items, path, place);
    if (isSeq(node)) return this.#list(node.items, path, place);
    return isScalar(node) ? scalarLeaf(node, path, place) : leaf(path, null, place);
  }

  #list(items: readonly unknown[], path: YamlPath, place: Place): YamlTree {
    const children = new Map<number, YamlTree>();
    for (const [index, item] of items.entries())
      children.set(index, this.grow(item, [...path, index], place));
    const value = Array.from(children.values(), (child) => child.value);
    return { ...leaf(path, value, place), children };
  }

  #map(
    items: readonly { readonly key: unknown; readonly value: unknown }[],
    path: YamlPath,
    place: Place,
  ): YamlTree {
    const children = new Map<string, YamlTree>();
    const keys = new Map<string, Place>();
    for (const pair of items) {
      const at = this.#place(pair.key) ?? place;
      const key = isScalar(pair.key) ? keyText(pair.key.value, pair.key.source) : undefined;
      // A library that reads plain objects would skip `__proto__`, and so a condition on it.
      if (key === undefined || key === '__proto__')
        this.problems.push({ place: at, message: 'this cannot be a key' });
      else if (keys.has(key)) this.problems.push({ place: at, message: `the key "${key}" is there twice` });
      else {
        keys.set(key, at);
        children.set(key, this.grow(pair.value, [...path, key], at));
      }
    }
    const value = Object.fromEntries(Array.from(children, ([key, child]) => [key, child.value]));
    return { ...leaf(path, value, place), children, keys };
  }

  #refuse(path: YamlPath, place: Place, message: string): YamlTree {
    // One of a kind is enough: a file that is too large is too large at every further node.
    if (!this.problems.some((problem) => problem.message === message)) this.problems.push({ place, message });
    return leaf(path, null, place);
  }

  #place(node: unknown): Place | undefined {
    const start = (node as Partial<Node> | null)?.range?.[0];
    return start === undefined ? undefined : placeAt(this.#lines, start);
  }
}

export function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

const keyText = (value: unknown, source: string | undefined): string =>
  typeof value === 'string' ? value : (source ?? String(value));

/** A scalar as text: numbers as the file writes them, booleans as `true` and `false`. */
export function textOf({ value, source }: YamlTree): string {
  return typeof value === 'number' ? (source ?? String(value)) : String(value);
}

/** The texts of a list of scalars, or of one scalar that stands for a list of one. */
export function textsOf(tree: YamlTree): string[] {
  return Array.isArray(tree.value) ? Array.from(tree.children.values(), textOf) : [textOf(tree)];
}

const leaf = (path: YamlPath, value: unknown, place: Place): YamlTree => ({
  path,
  value,
  source: undefined,
  written: undefined,
  place,
  children: new Map(),
  keys: new Map(),
});

function scalarLeaf(node: Scalar, path: YamlPath, place: Place): YamlTree {
  const start = node.range?.[0];
  const style = styleOf(node);
  return {
    ...leaf(path, node.value, place),
    source: style === 'plain' ? node.source : undefined,
    written: start === undefined ? undefined : { start, style },
  };
}

function styleOf({ type }: Scalar): ScalarStyle {
  switch (type) {
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return 'block';
    default:
      return 'plain';
  }
}
