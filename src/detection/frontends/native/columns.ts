import type { FieldRef } from '../../plan/field.ts';
import type { Aggregate } from '../../plan/plan.ts';
import { didYouMean } from '../../../util/suggest.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { YamlPath } from '../../../util/yaml/yaml-tree.ts';

/** The columns that a detection's findings have, and what names them. */
export class Columns {
  readonly #file: YamlFile;
  readonly #names = new Set<string>();
  readonly #known: boolean;

  /** `known` is false if what makes the columns is wrong itself: any name may then be one. */
  constructor(file: YamlFile, aggregate: Aggregate | undefined, known: boolean) {
    this.#file = file;
    this.#known = known;
    for (const { as } of [...(aggregate?.by ?? []), ...(aggregate?.measures ?? [])]) this.#names.add(as);
  }

  /** A problem at `path` unless `name` is a column. */
  expect(name: string, path: YamlPath): void {
    if (!this.#has(name)) this.#file.error(path, this.#unknown(name));
  }

  /** A column as a field, for conditions on columns; a text says why it is none. */
  readonly resolve = (name: string): FieldRef | string =>
    this.#has(name) ? { name, arrays: 'hidden' } : this.#unknown(name);

  #has(name: string): boolean {
    return !this.#known || this.#names.has(name);
  }

  #unknown(name: string): string {
    if (this.#names.size === 0)
      return `there is no column "${name}": findings have the columns of "group_by" and "measures"`;
    const known = [...this.#names];
    return `there is no column "${name}", only ${known.join(', ')}${didYouMean(name, known)}`;
  }
}
