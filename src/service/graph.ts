import type { Exporter, Extension, Processor, Receiver, Settings } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import { fanOut } from '../pipeline/fan-out.ts';
import { assert } from '../util/assert.ts';
import { ConfigError } from '../util/problem.ts';
import type { ComponentConfig, Config } from './config/config.ts';

/** Everything a configuration asks for, made and joined, not yet started. */
export interface Graph {
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** By pipeline and id, in the order of the pipelines: `logs:detection`. */
  readonly processors: ReadonlyMap<string, Processor>;
  readonly exporters: ReadonlyMap<string, Exporter>;
  /** In the order of `service.extensions`. */
  readonly extensions: ReadonlyMap<string, Extension>;
}

type MakeSettings = (given: Pick<Settings, 'id' | 'pipeline' | 'directory'>) => Settings;

/**
 * Makes the components and joins them: a receiver that several pipelines name is one instance that hands each batch
 * to all of them, an exporter is one instance, a processor is made once a pipeline (spec/collector.md §1.1).
 * Throws `ConfigError` if a file that a configuration names is wrong.
 */
export async function buildGraph(config: Config, settings: MakeSettings): Promise<Graph> {
  const extensions = new Map<string, Extension>();
  for (const [id, { factory, directory, config: options }] of config.extensions) {
    extensions.set(id, await factory.create(settings({ id, pipeline: '', directory }), options));
  }
  const exporters = new Map<string, Exporter>();
  for (const [id, { factory, directory, config: options }] of config.exporters) {
    exporters.set(id, await factory.create(settings({ id, pipeline: '', directory }), options));
  }
  const processors = new Map<string, Processor>();
  const entrances = new Map<string, Consumer[]>();
  for (const [pipeline, { receivers, processors: chain, exporters: ends }] of config.pipelines) {
    let next = fanOut(ends.map((id) => given(exporters, id)));
    for (const name of chain.toReversed()) {
      const configured = given(config.processors, name);
      const { factory, directory, config: options } = configured;
      const id = stateName(pipeline, name);
      const making = factory.create(settings({ id, pipeline, directory }), options, next);
      const made = await making.catch((error: unknown) =>
        throwLocated(error, `processors.${name}`, configured),
      );
      processors.set(id, made);
      next = made;
    }
    for (const id of receivers) entrances.set(id, [...(entrances.get(id) ?? []), next]);
  }
  const receivers = new Map<string, Receiver>();
  for (const [id, consumers] of entrances) {
    const { factory, directory, config: options } = given(config.receivers, id);
    receivers.set(
      id,
      await factory.create(settings({ id, pipeline: '', directory }), options, fanOut(consumers)),
    );
  }
  return { receivers, processors, exporters, extensions };
}

/** Problems that a component finds in its own options, at a path without a file, get the place of that path. */
function throwLocated(error: unknown, path: string, { placeOf }: ComponentConfig<unknown>): never {
  if (!(error instanceof ConfigError)) throw error;
  throw new ConfigError(
    error.problems.map((problem) => {
      if (problem.file !== '') return problem;
      return { ...problem, ...placeOf(problem.path), path: `${path}.${problem.path}` };
    }),
  );
}

/** The name of one processor instance in the store: of its pipeline and its id, with "/" escaped. */
const stateName = (pipeline: string, id: string): string =>
  `${pipeline}:${id}`.replaceAll('%', '%25').replaceAll('/', '%2F');

function given<T>(map: ReadonlyMap<string, T>, id: string): T {
  const value = map.get(id);
  assert(value !== undefined, `"${id}" is not configured`);
  return value;
}
