import type { Exporter, Extension, Processor, Receiver, Settings } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import { fanOut } from '../pipeline/fan-out.ts';
import { ConfigError, formatProblem, type Problem } from '../util/problem.ts';
import type { ComponentConfig, Components, Config } from './config/config.ts';

/** Everything a configuration asks for, made and joined, not yet started. */
export interface Graph {
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** By pipeline and id, in the order of the pipelines: `logs:detection`. */
  readonly processors: ReadonlyMap<string, Processor>;
  readonly exporters: ReadonlyMap<string, Exporter>;
  /** In the order of `service.extensions`. */
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly pipelines: ReadonlyMap<string, Pipeline>;
}

/** What feeds one pipeline, and what records pass in it, in this order. */
export interface Pipeline {
  readonly receivers: readonly Receiver[];
  readonly processors: readonly Processor[];
}

export type MakeSettings = (given: Pick<Settings, 'id' | 'pipeline' | 'directory'>) => Settings;

/**
 * Makes the components and joins them: a receiver that several pipelines name is one instance that hands each batch
 * to all of them, an exporter is one instance, a processor is made once a pipeline (spec/collector.md §1.1).
 *
 * Throws `ConfigError` if files that the configuration names are wrong, with what is wrong in any of them. Of a
 * configuration that is wrong itself it joins what there is, so that those problems can be told with the others.
 */
export async function buildGraph(config: Config, settings: MakeSettings): Promise<Graph> {
  const making = new Making(settings);
  const extensions = await making.all('extensions', config.extensions, ({ factory, config: options }, own) =>
    factory.create(own, options),
  );
  const exporters = await making.all('exporters', config.exporters, ({ factory, config: options }, own) =>
    factory.create(own, options),
  );
  const processors = new Map<string, Processor>();
  const entrances = new Map<string, Consumer[]>();
  for (const [pipeline, { receivers, processors: chain, exporters: ends }] of config.pipelines) {
    let next = fanOut(present(exporters, ends));
    for (const component of present(config.processors, chain).toReversed()) {
      const { id, factory, directory, config: options } = component;
      const name = stateName(pipeline, id);
      const own = settings({ id: name, pipeline, directory });
      const made = await making.one('processors', component, factory.create(own, options, next));
      if (made !== undefined) processors.set(name, (next = made));
    }
    for (const id of receivers) entrances.set(id, [...(entrances.get(id) ?? []), next]);
  }
  const receivers = await making.all('receivers', config.receivers, ({ id, factory, config: options }, own) =>
    factory.create(own, options, fanOut(entrances.get(id) ?? [])),
  );
  making.done();
  const pipelines = new Map(
    [...config.pipelines].map(([id, { receivers: sources, processors: chain }]) => {
      const names = chain.map((name) => stateName(id, name));
      return [id, { receivers: present(receivers, sources), processors: present(processors, names) }];
    }),
  );
  return { receivers, processors, exporters, extensions, pipelines };
}

/** Makes components one after the other, and remembers why some could not be made. */
class Making {
  readonly #settings: MakeSettings;
  readonly #problems = new Map<string, Problem>();

  constructor(settings: MakeSettings) {
    this.#settings = settings;
  }

  /** Those of a section that belong to no pipeline, by id. */
  async all<Loaded, Made>(
    section: string,
    components: Components<Loaded>,
    create: (component: ComponentConfig<Loaded>, settings: Settings) => Promise<Made>,
  ): Promise<ReadonlyMap<string, Made>> {
    const all = new Map<string, Made>();
    for (const [id, component] of components) {
      const settings = this.#settings({ id, pipeline: '', directory: component.directory });
      const made = await this.one(section, component, create(component, settings));
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

/** The name of one processor instance in the store: of its pipeline and its id, with "/" escaped. */
const stateName = (pipeline: string, id: string): string =>
  `${pipeline}:${id}`.replaceAll('%', '%25').replaceAll('/', '%2F');

const present = <T>(map: ReadonlyMap<string, T>, ids: readonly string[]): readonly T[] =>
  ids.flatMap((id) => map.get(id) ?? []);
