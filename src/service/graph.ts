import type { Component, Exporter, Extension, Processor, Receiver } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import { fanOut } from '../pipeline/fan-out.ts';
import { Junction } from '../pipeline/junction.ts';
import type { Config } from './config/config.ts';
import { Making, type MakeSettings } from './making.ts';

/** Everything a configuration asks for, made and joined. What of it is new is not yet started. */
export interface Graph {
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** By pipeline and id, in the order of the pipelines: `logs:detection`. */
  readonly processors: ReadonlyMap<string, Processor>;
  readonly exporters: ReadonlyMap<string, Exporter>;
  /** In the order of `service.extensions`. */
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly pipelines: ReadonlyMap<string, Pipeline>;
  /** By receiver: where it hands its batches, and to whom they are to go from there. */
  readonly entrances: ReadonlyMap<string, Entrance>;
}

interface Entrance {
  readonly junction: Junction;
  readonly next: Consumer;
}

/** What runs already; of it, components that are configured as they were stay as they are. */
export interface Running {
  readonly config: Config;
  readonly graph: Graph;
  /** False for a component that does not run, or no longer. */
  readonly has: (component: Component) => boolean;
}

/** What feeds one pipeline, and what records pass in it, in this order. */
export interface Pipeline {
  /** Ids of its receivers. */
  readonly sources: readonly string[];
  /** The names of its processors, as the store has them. */
  readonly chain: readonly string[];
  readonly receivers: readonly Receiver[];
  readonly processors: readonly Processor[];
}

/**
 * Makes the components and joins them: a receiver that several pipelines name is one instance that hands each batch
 * to all of them, an exporter is one instance, a processor is made once a pipeline (spec/collector.md §1.1).
 * Receivers, exporters and extensions of `running` are taken over if they are configured as they were; processors are
 * always made anew, for the files that they are made of may have changed.
 *
 * Throws `ConfigError` if files that the configuration names are wrong, with what is wrong in any of them. Of a
 * configuration that is wrong itself it joins what there is, so that those problems can be told with the others.
 */
export async function buildGraph(config: Config, settings: MakeSettings, running?: Running): Promise<Graph> {
  const making = new Making(settings, running?.has);
  const { graph: graphBefore, config: configBefore } = running ?? {};
  const extensions = await making.all(
    'extensions',
    config.extensions,
    { made: graphBefore?.extensions, components: configBefore?.extensions },
    ({ factory, config: options }, own) => factory.create(own, options),
  );
  const exporters = await making.all(
    'exporters',
    config.exporters,
    { made: graphBefore?.exporters, components: configBefore?.exporters },
    ({ factory, config: options }, own) => factory.create(own, options),
  );
  const processors = new Map<string, Processor>();
  const ways = new Map<string, Consumer[]>();
  for (const [pipeline, { receivers, processors: chain, exporters: ends }] of config.pipelines) {
    let next = fanOut(present(exporters, ends));
    for (const component of present(config.processors, chain).toReversed()) {
      const { id, factory, directory, config: options } = component;
      const name = stateName(pipeline, id);
      const own = settings({ id: name, pipeline, directory });
      const made = await making.one('processors', component, factory.create(own, options, next));
      if (made !== undefined) processors.set(name, (next = made));
    }
    for (const id of receivers) ways.set(id, [...(ways.get(id) ?? []), next]);
  }
  const junctions = new Map<string, Junction>();
  const junctionOf = (id: string): Junction => {
    const junction = junctions.get(id) ?? graphBefore?.entrances.get(id)?.junction ?? new Junction();
    junctions.set(id, junction);
    return junction;
  };
  const receivers = await making.all(
    'receivers',
    config.receivers,
    { made: graphBefore?.receivers, components: configBefore?.receivers },
    ({ id, factory, config: options }, own) => factory.create(own, options, junctionOf(id)),
  );
  making.done();
  const pipelines = new Map(
    [...config.pipelines].map(([id, { receivers: sources, processors: chain }]) => {
      const names = chain.map((name) => stateName(id, name));
      const made = { receivers: present(receivers, sources), processors: present(processors, names) };
      return [id, { sources, chain: names, ...made }];
    }),
  );
  const entrances = [...receivers.keys()].map((id) => {
    return [id, { junction: junctionOf(id), next: fanOut(ways.get(id) ?? []) }] as const;
  });
  return { receivers, processors, exporters, extensions, pipelines, entrances: new Map(entrances) };
}

/** The receivers of one kind, in the order of the configuration. */
export const receiversOf = ({ receivers }: Graph, kind: Receiver['kind']): readonly Receiver[] =>
  [...receivers.values()].filter((receiver) => receiver.kind === kind);

/** The name of one processor instance in the store: of its pipeline and its id, with "/" escaped. */
export const stateName = (pipeline: string, id: string): string =>
  `${pipeline}:${id}`.replaceAll('%', '%25').replaceAll('/', '%2F');

const present = <T>(map: ReadonlyMap<string, T>, ids: readonly string[]): readonly T[] =>
  ids.flatMap((id) => map.get(id) ?? []);
