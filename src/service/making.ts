import { isDeepStrictEqual } from 'node:util';
import type { Component, Settings } from '../pipeline/component.ts';
import { ConfigError, formatProblem, type Problem } from '../util/problem.ts';
import type { ComponentConfig, Components } from './config/config.ts';

/** What a component is made with: its settings, from where it is. */
export type MakeSettings = (given: Pick<Settings, 'id' | 'pipeline' | 'directory'>) => Settings;

/** What one section was before, if anything ran. */
interface Before<Loaded, Made> {
  readonly made: ReadonlyMap<string, Made> | undefined;
  readonly components: Components<Loaded> | undefined;
}

/** Makes components one after the other, and remembers why some could not be made. */
export class Making {
  readonly #settings: MakeSettings;
  /** Whether a component that was made before still runs. */
  readonly #runs: (component: Component) => boolean;
  readonly #problems = new Map<string, Problem>();

  constructor(settings: MakeSettings, runs: (component: Component) => boolean = () => false) {
    this.#settings = settings;
    this.#runs = runs;
  }

  /** Those of a section that belong to no pipeline, by id: what runs and is configured as it was, the others anew. */
  async all<Loaded, Made extends Component>(
    section: string,
    components: Components<Loaded>,
    before: Before<Loaded, Made>,
    create: (component: ComponentConfig<Loaded>, settings: Settings) => Promise<Made>,
  ): Promise<ReadonlyMap<string, Made>> {
    const all = new Map<string, Made>();
    for (const [id, component] of components) {
      const settings = this.#settings({ id, pipeline: '', directory: component.directory });
      const kept = isAsBefore(component, before.components?.get(id)) ? before.made?.get(id) : undefined;
      const made =
        kept !== undefined && this.#runs(kept)
          ? kept
          : await this.one(section, component, create(component, settings));
      if (made !== undefined) all.set(id, made);
    }
    return all;
  }

  /**
   * Undefined if it could not be made. Problems that a component finds in its own options, at a path without a file,
   * get the place of that path.
   */
  async one<Made>(
    section: string,
    { id, placeOf }: ComponentConfig<unknown>,
    making: Promise<Made>,
  ): Promise<Made | undefined> {
    try {
      return await making;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const problem of error.problems) {
        const { file, path } = problem;
        const located =
          file === '' ? { ...problem, ...placeOf(path), path: `${section}.${id}.${path}` } : problem;
        // Several pipelines may read the same file.
        this.#problems.set(formatProblem(located), located);
      }
      return undefined;
    }
  }

  /** Throws `ConfigError` if one could not be made. */
  done(): void {
    if (this.#problems.size > 0) throw new ConfigError([...this.#problems.values()]);
  }
}

function isAsBefore(now: ComponentConfig<unknown>, before: ComponentConfig<unknown> | undefined): boolean {
  if (before === undefined || now.directory !== before.directory) return false;
  return isDeepStrictEqual(now.raw, before.raw);
}
