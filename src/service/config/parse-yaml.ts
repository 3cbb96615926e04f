import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Alias, Document, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Entry, Node, Place } from './node.ts';
import type { Path } from './path.ts';
import type { Report } from './report.ts';
import { shield, unshield } from './shield.ts';
import { syntaxMessage } from './syntax-message.ts';

/** Turns a line and column of the text, from 1, into the place to name in messages. */
export type Locate = (line: number, column: number) => Place;

const maxText = 2 ** 20;
/** Of values after aliases are followed: a few lines of them can stand for billions. */
const maxValues = 100_000;
const maxDepth = 100;

/**
 * The first document of a YAML 1.2 text (merge keys included) as a tree, null if there is none; undefined if it is
 * unreadable, which then is in `report`. Repeated keys are reported, and the first of them counts. Never throws, whatever the text.
 */
export function parseYaml(text: string, locate: Locate, report: Report, base: Path = []): Node | undefined {
  if (text.length > maxText) {
    report.error(locate(1, 1), base, 'is larger than 1 MiB, which no configuration should be');
    return undefined;
  }
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return locate(Math.max(1, line), Math.max(1, col));
  };
  const documents = documentsOf(text, lines);
  if (documents === undefined) {
    report.error(locate(1, 1), base, 'the collections are nested too deep');
    return undefined;
  }
  const [document, second] = documents;
  if (document === undefined) return empty(locate(1, 1));
  if (second !== undefined) {
    report.warning(place(second.range[0]), base, 'only the first document of a file is read, not this one');
  }
  // One mistake makes many follow-ups; only the first helps.
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) {
    report.error(place(mistake.pos[0]), base, syntaxMessage(mistake.code));
    return undefined;
  }
  if (document.contents === null) return empty(locate(1, 1));
  return new TreeBuilder(place, report).build(document.contents, base);
}

/** Undefined if the text is nested so deep that reading it exhausts the stack. */
function documentsOf(text: string, lineCounter: LineCounter): Document.Parsed[] | undefined {
  try {
    const options = { lineCounter, prettyErrors: false, uniqueKeys: false, merge: true } as const;
    const documents = parseAllDocuments(shield(text), options);
    return 'empty' in documents ? [] : documents;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function empty(place: Place): Node {
  return { kind: 'scalar', place, text: undefined, value: null };
}

interface Built {
  readonly node: Node;
  /** How many values it stands for, aliases followed. */
  readonly values: number;
}

/** Makes our tree of the library's, following aliases; a subtree that is aliased is shared. */
class TreeBuilder {
  readonly #place: (offset: number) => Place;
  readonly #report: Report;
  readonly #anchors = new Map<string, Built>();
  #stopped = false;

  constructor(place: (offset: number) => Place, report: Report) {
    this.#place = place;
    this.#report = report;
  }

  build(root: ParsedNode, path: Path): Node | undefined {
    const { node } = this.#node(root, path, 0, root.range[0]);
    return this.#stopped ? undefined : node;
  }

  /** `offset`: of the key, for a value that is not written at all. */
  #node(source: unknown, path: Path, depth: number, offset: number): Built {
    if (!isNode(source)) return this.#nothing(offset);
    const at = source.range?.[0] ?? offset;
    if (isAlias(source)) return this.#alias(source, path, at);
    if (depth > maxDepth) return this.#stop(at, path, 'the values are nested too deep');
    if (source.tag !== undefined && !coreTag.test(source.tag)) {
      return this.#stop(at, path, 'tags ("!...") are not supported here');
    }
    const built = this.#value(source, path, depth, at);
    if (source.anchor !== undefined) this.#anchors.set(source.anchor, built);
    if (built.values <= maxValues) return built;
    return this.#stop(at, path, 'the aliases stand for more than 100,000 values');
  }

  #value(source: Scalar | YAMLMap | YAMLSeq, path: Path, depth: number, at: number): Built {
    if (isMap(source)) return this.#map(source, path, depth, at);
    if (isSeq(source)) return this.#list(source, path, depth, at);
    const { value } = source;
    const place = this.#place(at);
    const plain =
      value === null || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : unshield(typeof value === 'string' ? value : (source.source ?? ''));
    return { node: { kind: 'scalar', place, text: undefined, value: plain }, values: 1 };
  }

  #alias(source: Alias, path: Path, at: number): Built {
    const built = this.#anchors.get(source.source);
    if (built !== undefined) return built;
    this.#report.error(this.#place(at), path, `no anchor "&${source.source}" is complete before this alias`);
    this.#stopped = true;
    return this.#nothing(at);
  }

  #list(source: YAMLSeq, path: Path, depth: number, at: number): Built {
    const items: Node[] = [];
    let values = 1;
    for (const [index, item] of source.items.entries()) {
      if (this.#stopped) break;
      const built = this.#node(item, [...path, index], depth + 1, at);
      items.push(built.node);
      values += built.values;
    }
    return { node: { kind: 'list', place: this.#place(at), text: undefined, items }, values };
  }

  #map(source: YAMLMap, path: Path, depth: number, at: number): Built {
    const entries = new Map<string, Entry>();
    const merged: Node[] = [];
    let values = 1;
    for (const pair of source.items) {
      if (this.#stopped) break;
      const offset = keyOffset(pair) ?? at;
      const key = this.#key(pair, path, offset);
      if (key === undefined) continue;
      const inside = key === mergeKey ? path : [...path, key];
      const built = this.#node(pair.value, inside, depth + 1, offset);
      values += built.values;
      if (key === mergeKey) merged.push(...this.#mergeSources(built.node, path));
      else this.#add(entries, key, { place: this.#place(offset), value: built.node }, inside);
    }
    // The map's own keys win, then the first of the merged maps that has the key.
    for (const node of merged) {
      if (node.kind !== 'map') continue;
      for (const [key, entry] of node.entries) if (!entries.has(key)) entries.set(key, entry);
    }
    return { node: { kind: 'map', place: this.#place(at), text: undefined, entries }, values };
  }

  #key({ key }: Pair, path: Path, offset: number): string | typeof mergeKey | undefined {
    if (isScalar(key)) {
      if (typeof key.value === 'symbol') return mergeKey;
      const text = unshield(typeof key.value === 'string' ? key.value : (key.source ?? ''));
      if (text !== '__proto__') return text;
    }
    this.#report.error(this.#place(offset), path, 'a key has to be a plain text');
    return undefined;
  }

  #mergeSources(node: Node, path: Path): readonly Node[] {
    const sources = node.kind === 'list' ? node.items : [node];
    const wrong = sources.find(({ kind }) => kind !== 'map');
    if (wrong !== undefined) this.#report.error(wrong.place, path, 'only maps can be merged with "<<"');
    return sources;
  }

  #add(entries: Map<string, Entry>, key: string, entry: Entry, path: Path): void {
    const first = entries.get(key);
    if (first === undefined) entries.set(key, entry);
    else this.#report.error(entry.place, path, `duplicate key: it is in line ${first.place.line} already`);
  }

  #nothing(offset: number): Built {
    return { node: empty(this.#place(offset)), values: 1 };
  }

  #stop(offset: number, path: Path, message: string): Built {
    if (!this.#stopped) this.#report.error(this.#place(offset), path, message);
    this.#stopped = true;
    return this.#nothing(offset);
  }
}

const mergeKey = Symbol('<<');
const coreTag = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq))$/;

function isNode(value: unknown): value is Scalar | YAMLMap | YAMLSeq | Alias {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function keyOffset({ key }: Pair): number | undefined {
  return isNode(key) ? key.range?.[0] : undefined;
}
