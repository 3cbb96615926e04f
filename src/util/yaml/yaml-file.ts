import { isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import type { Problem } from '../problem.ts';
import type { ReadFile } from '../read-files.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import { tooDeepAt } from './yaml-depth.ts';
import { placeAt, textOf, treeOf, type Place, type YamlPath, type YamlTree } from './yaml-tree.ts';

const maxLength = 1 << 20;
const maxErrors = 20;
const beginning: Place = { line: 1, column: 1 };

/**
 * One YAML file that a person wrote, read so that every complaint can say where. Never throws.
 *
 * It gathers what is wrong: with the YAML at first, then whatever its readers find.
 */
export class YamlFile {
  readonly path: string;
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #problems: Problem[] = [];
  readonly #tree: YamlTree | undefined;

  constructor(file: ReadFile) {
    this.path = file.path;
    this.#text = file.text;
    this.#tree = this.#read(file.text);
  }

  /** The whole file as plain values; undefined if the YAML cannot be used. */
  get value(): unknown {
    return this.#tree?.value;
  }

  /** In the order of the file. */
  get problems(): readonly Problem[] {
    return this.#problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  get failed(): boolean {
    return this.#problems.some(({ severity }) => severity === 'error');
  }

  /** The scalar at `path` as the file writes it; empty if there is none. */
  textAt(path: YamlPath): string {
    const tree = this.#find(path);
    return tree === undefined ? '' : textOf(tree);
  }

  /** The value at `path` with places and sources. */
  treeAt(path: YamlPath): YamlTree | undefined {
    return this.#find(path);
  }

  /** Where `path` stands, or the nearest thing around it that is there. `key`: the key, not its value. */
  place(path: YamlPath, at: 'key' | 'value' = 'value'): Place {
    const last = path.at(-1);
    const parent = this.#find(path.slice(0, -1));
    const key = typeof last === 'string' ? parent?.keys.get(last) : undefined;
    if (at === 'key' && key) return key;
    const found = this.#find(path);
    if (found) return found.place;
    return path.length === 0 ? beginning : this.place(path.slice(0, -1), 'key');
  }

  /** Where each character of the text at `path` stands, from its index in the value; that of the value if it is no text. */
  placesIn(path: YamlPath): (index: number) => Place {
    const { value, written } = this.#find(path) ?? {};
    if (typeof value !== 'string' || written === undefined) {
      const place = this.place(path);
      return () => place;
    }
    const offsetOf = scalarOffsets(this.#text, written.start, written.style, value);
    return (index) => placeAt(this.#lines, offsetOf(index));
  }

  error(path: YamlPath, message: string, at: 'key' | 'value' = 'value'): void {
    this.#add('error', this.place(path, at), path, message);
  }

  warning(path: YamlPath, message: string): void {
    this.#add('warning', this.place(path), path, message);
  }

  #add(severity: Problem['severity'], place: Place, path: YamlPath, message: string): void {
    this.#problems.push({ severity, file: this.path, ...place, path: formatPath(path), message });
  }

  #find(path: YamlPath): YamlTree | undefined {
    let tree = this.#tree;
    for (const step of path) tree = tree?.children.get(step);
    return tree;
  }

  #read(text: string): YamlTree | undefined {
    if (text.length > maxLength) {
      this.#add('error', beginning, [], `the file is larger than ${maxLength} characters`);
      return undefined;
    }
    const deep = tooDeepAt(text);
    if (deep !== undefined) {
      this.#add('error', { line: deep, column: 1 }, [], 'nested too deep');
      return undefined;
    }
    const lines = this.#lines;
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    for (const error of [...document.errors, ...document.warnings].slice(0, maxErrors)) {
      this.#add('error', placeAt(lines, error.pos[0]), [], explain(error));
    }
    visit(document, {
      Pair: (_, { key }) => {
        if (!isScalar(key) || key.value !== '<<' || key.type !== 'PLAIN') return;
        this.#add(
          'error',
          placeAt(lines, key.range?.[0] ?? 0),
          [],
          'merge keys ("<<") are not supported; write the keys out, or repeat a whole value by &name and *name',
        );
      },
    });
    if (this.failed) return undefined;
    const { tree, problems } = treeOf(document, lines);
    for (const { place, message } of problems) this.#add('error', place, [], message);
    return this.failed ? undefined : tree;
  }
}

/** `risk.objects[0].field`; keys are shown as they are. */
function formatPath(path: YamlPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** What the library found, in the words of our messages. */
function explain({ code, message }: YAMLError): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key is there twice; to test one field twice, put the tests in one map or use "all"';
    case 'TAB_AS_INDENT':
      return 'tabs cannot indent YAML; use spaces';
    case 'MULTIPLE_DOCS':
      return 'only one document a file; put the second one in a file of its own';
    case 'TAG_RESOLVE_FAILED':
      return 'tags are not supported; quote a text that begins with "!"';
    default:
      return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, '')}`;
  }
}
