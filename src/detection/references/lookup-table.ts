import { compileGlob } from '../../util/glob.ts';
import type { LookupDefinition } from '../frontends/splunk/content.ts';
import type { LookupCriterion, LookupRow, LookupTable } from '../reference.ts';
import type { CsvTable } from './csv-table.ts';
import { ExactIndex, NetworkIndex } from './row-index.ts';

type Matcher = (text: string) => boolean;

/**
 * A CSV file as its definition says to look things up in it (spec/spl.md §3.7). Rows come in the order of the file. Exact
 * and network columns have an index, made when they are first asked for; wildcards try the rows one by one.
 *
 * A definition may give a default only together with the matches it promises: without one nothing is filled up.
 */
export class CsvLookup implements LookupTable {
  readonly fields: readonly string[];
  readonly #table: CsvTable;
  readonly #definition: LookupDefinition;
  readonly #exact = new Map<string, ExactIndex>();
  readonly #networks = new Map<string, NetworkIndex>();
  readonly #wildcards = new Map<string, (Matcher | undefined)[]>();

  constructor(table: CsvTable, definition: LookupDefinition) {
    this.fields = table.fields;
    this.#table = table;
    this.#definition = definition;
  }

  find(wanted: readonly LookupCriterion[]): readonly LookupRow[] {
    const { minMatches, maxMatches, defaultMatch } = this.#definition;
    const found: LookupRow[] = [];
    for (const number of this.#matches(wanted, maxMatches)) found.push(this.#rowAt(number));
    if (defaultMatch === undefined) return found;
    const filler: LookupRow = (field) => (this.fields.includes(field) ? defaultMatch : undefined);
    while (found.length < minMatches) found.push(filler);
    return found;
  }

  /** Numbers of the rows whose cell in a column of networks is none; empty for other columns. */
  brokenNetworks(field: string): readonly number[] {
    return this.#matchType(field) === 'cidr' && this.fields.includes(field)
      ? this.#networkIndex(field).broken
      : [];
  }

  #matches(wanted: readonly LookupCriterion[], most: number): readonly number[] {
    if (wanted.some(({ field }) => !this.fields.includes(field))) return [];
    const exact = wanted.filter(({ field }) => this.#matchType(field) === 'exact');
    const networks = wanted.filter(({ field }) => this.#matchType(field) === 'cidr');
    const wildcards = wanted.filter(({ field }) => this.#matchType(field) === 'wildcard');
    const lists = networks.map(({ field, value }) => this.#networkIndex(field).find(value));
    if (exact.length > 0)
      lists.push(this.#exactIndex(exact).find(exact.map(({ value }) => this.#fold(value))));
    const found: number[] = [];
    for (const number of common(lists) ?? this.#table.rows.keys()) {
      if (found.length === most) break;
      if (wildcards.every(({ field, value }) => this.#wildcard(field, number)(value))) found.push(number);
    }
    return found;
  }

  #matchType(field: string): 'wildcard' | 'cidr' | 'exact' {
    return this.#definition.matchTypes.get(field) ?? 'exact';
  }

  #exactIndex(criteria: readonly LookupCriterion[]): ExactIndex {
    const columns = criteria.map(({ field }) => this.fields.indexOf(field));
    return made(
      this.#exact,
      columns.join(),
      () => new ExactIndex(this.#table.rows.map((row) => columns.map((at) => this.#fold(row[at] ?? '')))),
    );
  }

  #networkIndex(field: string): NetworkIndex {
    const at = this.fields.indexOf(field);
    return made(this.#networks, field, () => new NetworkIndex(this.#table.rows.map((row) => row[at] ?? '')));
  }

  #wildcard(field: string, number: number): Matcher {
    const matchers = made(this.#wildcards, field, () => []);
    return (matchers[number] ??= wildcard(
      this.#table.rows[number]?.[this.fields.indexOf(field)] ?? '',
      !this.#definition.caseSensitive,
    ));
  }

  #rowAt(number: number): LookupRow {
    const row = this.#table.rows[number];
    return (field) => row?.[this.fields.indexOf(field)];
  }

  #fold(text: string): string {
    return this.#definition.caseSensitive ? text : text.toLowerCase();
  }
}

/** `*` is the only character of a cell that means something else than itself. */
const wildcard = (cell: string, fold: boolean): Matcher =>
  compileGlob(cell.replaceAll(/[\\?]/g, String.raw`\$&`), fold);

/** What is in all lists, in the order of the first; undefined if there is no list. */
function common(lists: readonly (readonly number[])[]): readonly number[] | undefined {
  const [first, ...others] = lists;
  const sets = others.map((list) => new Set(list));
  return first?.filter((number) => sets.every((set) => set.has(number)));
}

function made<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = make();
  known.set(key, value);
  return value;
}
