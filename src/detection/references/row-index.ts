import { networkPart, parseAddress, parseNetwork, type Address } from '../../util/network.ts';

/** Numbers of the rows that hold given texts in given columns, in the order of the file: found without a search. */
export class ExactIndex {
  readonly #rows = new Map<string, number[]>();

  /** `keys`: of each row, the texts of the columns. */
  constructor(keys: Iterable<readonly string[]>) {
    let number = 0;
    for (const key of keys) add(this.#rows, JSON.stringify(key), number++);
  }

  find(key: readonly string[]): readonly number[] {
    return this.#rows.get(JSON.stringify(key)) ?? [];
  }
}

/**
 * Numbers of the rows whose network holds an address, in the order of the file. It asks once for each length of
 * prefix that occurs. A network's own text is in it as well (spec/spl.md §9); a cell that is no network holds nothing.
 */
export class NetworkIndex {
  readonly #rows = new Map<string, number[]>();
  readonly #texts = new Map<string, number[]>();
  readonly #prefixes = new Set<number>();
  /** The rows whose cell is neither empty nor a network. */
  readonly broken: readonly number[];

  constructor(cells: readonly string[]) {
    const broken: number[] = [];
    for (const [number, cell] of cells.entries()) {
      const network = parseNetwork(cell);
      if (network === undefined) {
        if (cell !== '') broken.push(number);
        continue;
      }
      this.#prefixes.add(network.prefix);
      add(this.#rows, keyOf(network.address, network.prefix), number);
      add(this.#texts, cell, number);
    }
    this.broken = broken;
  }

  find(text: string): readonly number[] {
    const address = parseAddress(text);
    if (address === undefined) return this.#texts.get(text) ?? [];
    const found: number[] = [];
    for (const prefix of this.#prefixes) {
      if (prefix > address.length * 16) continue;
      for (const number of this.#rows.get(keyOf(address, prefix)) ?? []) found.push(number);
    }
    return found.sort((a, b) => a - b);
  }
}

/** The family shows in the number of groups. */
const keyOf = (address: Address, prefix: number): string =>
  `${networkPart(address, prefix).join(':')}/${prefix}`;

function add(rows: Map<string, number[]>, key: string, number: number): void {
  const known = rows.get(key);
  if (known === undefined) rows.set(key, [number]);
  else known.push(number);
}
