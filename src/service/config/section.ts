import type { ComponentKind, Entry } from '../../pipeline/registry.ts';
import { didYouMean } from '../../util/suggest.ts';
import { aliasMessage, parseName, sectionOf } from './component-name.ts';
import type { ComponentConfig } from './config.ts';
import type { Factory } from '../../pipeline/component.ts';
import { foreignComponent, judge } from './foreign.ts';
import { locate } from './locate.ts';
import { entriesOf, isEmpty, type Node, type Place } from './node.ts';
import type { Path } from './path.ts';
import type { Report } from './report.ts';
import { validate } from './validate.ts';

interface Definition<Loaded> {
  readonly id: string;
  readonly place: Place;
  readonly node: Node;
  /** Undefined if this build has no such type, which was said where it is defined. */
  readonly entry: Entry<string, Loaded> | undefined;
}

/** One of the sections `receivers`, `processors`, `exporters`, `extensions`: what it defines and what is used. */
export class Section<Loaded extends AnyFactory> {
  readonly #kind: ComponentKind;
  readonly #entries: readonly Entry<string, Loaded>[];
  readonly #report: Report;
  readonly #definitions = new Map<string, Definition<Loaded>>();
  readonly #used = new Set<string>();
  readonly #readable: boolean;

  /** `node`: the section, its ids canonical. `entries`: the types of `kind` in this build. */
  constructor(
    kind: ComponentKind,
    node: Node | undefined,
    entries: readonly Entry<string, Loaded>[],
    report: Report,
  ) {
    this.#kind = kind;
    this.#entries = entries;
    this.#report = report;
    this.#readable = node === undefined || node.kind === 'map' || isEmpty(node);
    if (node !== undefined && !this.#readable) {
      report.error(node.place, [sectionOf(kind)], `is not a map; write the id of each ${kind} as a key`);
    }
    for (const [id, { place, value }] of entriesOf(node)) this.#define(id, place, value);
  }

  /** The ids that `list` uses, canonical, without those that are left out; each has to be defined, and stand once. */
  resolve(list: Node | undefined, path: Path): string[] {
    const ids = new Set<string>();
    for (const [index, item] of (list?.kind === 'list' ? list.items : []).entries()) {
      // What is no text is the schema's to report.
      if (item.kind !== 'scalar' || typeof (item.text ?? item.value) !== 'string') continue;
      const at = [...path, index];
      const id = this.#reference(item.text ?? String(item.value), item.place, at);
      if (id === undefined) continue;
      if (ids.has(id)) this.#report.error(item.place, at, `"${id}" stands here twice`);
      ids.add(id);
    }
    return [...ids];
  }

  /** Loads and reads what is used, in the order of definition; what fails is reported and missing. Warns of the rest. */
  async load(directoryOf: (place: Place) => string): Promise<Map<string, ComponentConfig<Loaded>>> {
    const loading = [...this.#definitions.values()].flatMap((definition) => {
      const { id, place, entry } = definition;
      if (entry === undefined) return [];
      if (this.#used.has(id)) return [this.#read(definition, entry, directoryOf(place))];
      this.#report.warning(place, [sectionOf(this.#kind), id], 'is defined but not used');
      return [];
    });
    const loaded = await Promise.all(loading);
    return new Map(
      loaded.flatMap((component) => (component === undefined ? [] : [[component.id, component]])),
    );
  }

  /** What is defined and used, in the order of definition, whether or not it is right; to be asked after `resolve`. */
  get used(): readonly Used[] {
    return [...this.#definitions.values()].flatMap(({ id, place, node, entry }) =>
      entry !== undefined && this.#used.has(id) ? [{ id, type: entry.type, place, node }] : [],
    );
  }

  #define(id: string, place: Place, node: Node): void {
    const name = parseName(id, this.#entries);
    const type = typeof name === 'string' ? undefined : name.type;
    const entry = this.#entries.find((candidate) => candidate.type === type);
    this.#definitions.set(id, { id, place, node, entry });
    // A bad id was reported where its source was read.
    if (entry !== undefined || type === undefined) return;
    const path = [sectionOf(this.#kind), id];
    const foreign = foreignComponent(this.#kind, type);
    if (foreign === undefined) {
      this.#report.error(place, path, this.#unknownType(type));
      return;
    }
    const { severity, message } = judge(foreign, undefined);
    this.#report[severity](place, path, message);
  }

  #unknownType(type: string): string {
    const types = this.#entries.map((entry) => entry.type).toSorted();
    const known = types.length === 0 ? 'this build has none' : `Known: ${types.join(', ')}`;
    const guess = didYouMean(type, types);
    return `no such ${this.#kind}${guess === '' ? '. ' : `${guess} `}${known}`;
  }

  /** The id that a list of the service section names; undefined if it names nothing that can run. */
  #reference(text: string, place: Place, path: Path): string | undefined {
    const name = parseName(text, this.#entries);
    if (typeof name === 'string') {
      this.#report.error(place, path, name);
      return undefined;
    }
    if (name.alias !== undefined) this.#report.warning(place, path, aliasMessage(name.alias, name.type));
    const definition = this.#definitions.get(name.id);
    this.#used.add(name.id);
    if (definition !== undefined) return definition.entry === undefined ? undefined : name.id;
    if (this.#readable) {
      const guess = didYouMean(name.id, this.#definitions.keys());
      const section = sectionOf(this.#kind);
      this.#report.error(place, path, `no ${this.#kind} "${name.id}" is defined in "${section}"${guess}`);
    }
    return undefined;
  }

  async #read(
    { id, place, node }: Definition<Loaded>,
    entry: Entry<string, Loaded>,
    directory: string,
  ): Promise<ComponentConfig<Loaded> | undefined> {
    const factory = await entry.load();
    const part = {
      node: isEmpty(node) ? emptyMap(node.place) : node,
      place,
      path: [sectionOf(this.#kind), id],
      owner: `${this.#kind}/${entry.type}`,
    };
    const read = validate(factory.schema, part, this.#report);
    if (read === undefined) return undefined;
    const placeOf = (below: string): Place => locate(part.node, place, below);
    return { id, type: entry.type, factory, config: read.config, directory, placeOf, raw: read.raw };
  }
}

/** A component as it is written. */
export interface Used {
  readonly id: string;
  readonly type: string;
  readonly place: Place;
  readonly node: Node;
}

type AnyFactory = Pick<Factory<never, unknown>, 'schema'>;

function emptyMap(place: Place): Node {
  return { kind: 'map', place, text: undefined, entries: new Map() };
}
