import type { Component, Extension, Host } from '../pipeline/component.ts';
import type { Logger } from '../pipeline/logger.ts';
import { reasonOf } from '../util/reason-of.ts';
import { noteFeeding } from './feeding.ts';
import { receiversOf, type Graph } from './graph.ts';
import { ticking } from './ticking.ts';

/** The components that run. It starts what a graph needs and dismisses what it no longer has. */
export class Crew {
  readonly #host: Host;
  readonly #log: Logger;
  readonly #show: (extension: Extension) => void;
  readonly #running = new Set<Component>();
  #ticks: (() => Promise<void>)[] = [];
  #graph: Graph | undefined;

  /** `show` gives an extension, before it starts, what it may see of the service. */
  constructor(host: Host, log: Logger, show: (extension: Extension) => void) {
    this.#host = host;
    this.#log = log;
    this.#show = show;
  }

  has(component: Component): boolean {
    return this.#running.has(component);
  }

  /**
   * Starts what of `graph` does not run yet, downstream first, and stops what is not in it, within `patienceMs` or so.
   * A receiver that stays hands its next batch to the new consumers: between two units of work, so each line goes one
   * way. Until then it feeds the old ones, those included that have stopped sending: what they take is stored, and
   * their successors send it. Throws if a part cannot start: whatever runs then still does.
   */
  async become(graph: Graph, patienceMs = 0): Promise<void> {
    const { extensions, exporters, processors } = graph;
    const stays = new Set<Component>(membersOf(graph));
    const gone = [...this.#running].filter((component) => !stays.has(component));
    const before = new Set<Component>(this.#graph?.processors.values());
    await this.stopTicking();
    const patience = AbortSignal.timeout(patienceMs);
    await this.dismiss(gone.filter((component) => !before.has(component)).toReversed(), patience);
    for (const extension of extensions.values()) this.#show(extension);
    await this.#start([
      ...extensions.values(),
      ...exporters.values(),
      ...[...processors.values()].toReversed(),
    ]);
    await this.#join(graph);
    this.#graph = graph;
    await this.dismiss(
      gone.filter((component) => before.has(component)),
      patience,
    );
    await this.#start([...receiversOf(graph, 'listen'), ...receiversOf(graph, 'tail')]);
    if (this.#host.mode === 'run') {
      this.#ticks = Array.from(graph.pipelines.values(), (pipeline) => ticking(pipeline, this.#host));
    }
  }

  /** Resolves when no tick is under way, and none will be. */
  async stopTicking(): Promise<void> {
    await Promise.all(this.#ticks.splice(0).map((stop) => stop()));
  }

  /** Stops components, in this order. One that fails does not keep the others from stopping. */
  async dismiss(components: Iterable<Component>, patience: AbortSignal): Promise<void> {
    for (const component of components) {
      this.#running.delete(component);
      await component.shutdown(patience).catch((error: unknown) => {
        this.#log.error(`a part did not stop in order: ${reasonOf(error)}`);
      });
    }
  }

  async #start(components: readonly Component[]): Promise<void> {
    for (const component of components) {
      if (this.#running.has(component)) continue;
      // Before it runs: one that fails half way may hold a port.
      this.#running.add(component);
      await component.start(this.#host);
    }
  }

  #join({ processors, entrances, pipelines }: Graph): Promise<void> {
    return this.#host.work(async (work) => {
      for (const processor of [...processors.values()].toReversed()) await processor.begin?.(work);
      noteFeeding(work.state, pipelines);
      work.afterCommit(() => {
        for (const { junction, next } of entrances.values()) junction.lead(next);
      });
    });
  }
}

/** Every component of a graph. */
function membersOf(graph: Graph): readonly Component[] {
  const { extensions, exporters, processors, receivers } = graph;
  return [extensions, exporters, processors, receivers].flatMap((part) => [...part.values()]);
}
