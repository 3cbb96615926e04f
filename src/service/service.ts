import { setImmediate } from 'node:timers/promises';
import type { Component, Host, Receiver, Settings } from '../pipeline/component.ts';
import { fromMillis, type Time } from '../record/time.ts';
import { MemoryStore } from '../store/memory.ts';
import { StoreError, type Store } from '../store/store.ts';
import type { Config, PipelineConfig } from './config/config.ts';
import { buildGraph, type Graph } from './graph.ts';
import type { OwnLog } from './own-log.ts';
import { ticking } from './ticking.ts';
import { WorkRunner } from './work.ts';

/** A configuration at work. Made once, started once, stopped once. */
export class Service {
  readonly #config: Config;
  readonly #log: OwnLog;
  readonly #graph: Graph;
  readonly #store: Store;
  readonly #runner: WorkRunner;
  readonly #mode: Host['mode'];
  readonly #behind: Set<string>;
  #stopTicking: readonly (() => Promise<void>)[] = [];
  #stopping = false;
  #caughtUp: () => void = () => {};
  #failed: (error: Error) => void = () => {};

  /** Resolves when every tailing receiver has read what was there when it started. */
  readonly caughtUp = new Promise<void>((resolve) => {
    this.#caughtUp = resolve;
  });

  /** Rejects when the service cannot go on; never resolves. */
  readonly failure = new Promise<never>((_, reject) => {
    this.#failed = reject;
  });

  private constructor(
    config: Config,
    log: OwnLog,
    graph: Graph,
    store: Store | undefined,
    mode: Host['mode'],
  ) {
    this.#config = config;
    this.#log = log;
    this.#graph = graph;
    this.#store = store ?? new MemoryStore();
    this.#runner = new WorkRunner(this.#store, now);
    this.#mode = mode;
    this.#behind = new Set([...graph.receivers].filter(([, { kind }]) => kind === 'tail').map(([id]) => id));
    this.failure.catch(() => {});
  }

  /** Makes all components and opens the store; nothing is read yet. Throws `ConfigError` or `StoreError`. */
  static async create(config: Config, log: OwnLog, mode: Host['mode']): Promise<Service> {
    const settings = (part: Pick<Settings, 'id' | 'pipeline' | 'directory'>): Settings => ({
      ...part,
      log: log.of(part.id),
      now,
    });
    const graph = await buildGraph(config, settings);
    let store: Store | undefined;
    for (const extension of graph.extensions.values()) store = (await extension.open?.()) ?? store;
    return new Service(config, log, graph, store, mode);
  }

  get store(): Store {
    return this.#store;
  }

  get graph(): Graph {
    return this.#graph;
  }

  /** Number of receivers that read what lies somewhere, and so come to an end in a replay. */
  get tailing(): number {
    return [...this.#receivers('tail')].length;
  }

  /** How many files and patterns receivers could not read at all. */
  get missed(): number {
    return [...this.#receivers('tail')].reduce((sum, receiver) => sum + (receiver.missed?.() ?? 0), 0);
  }

  /** Starts everything, downstream first; what listens starts before what sends to it. Throws if a part cannot start. */
  async start(): Promise<void> {
    const log = this.#log.of('service');
    const { extensions, exporters, processors } = this.#graph;
    for (const [id, pipeline] of this.#config.pipelines) log.info(`${id}: ${wayOf(pipeline)}`);
    if (!this.#store.durable) {
      log.info(
        'state is kept in memory: a restart forgets positions, windows and what was not yet delivered',
      );
    }
    const host = this.#host();
    const parts: Iterable<Component>[] = [
      extensions.values(),
      exporters.values(),
      [...processors.values()].toReversed(),
    ];
    for (const part of [...parts, this.#receivers('listen'), this.#receivers('tail')]) {
      for (const component of part) await component.start(host);
    }
    if (this.#mode === 'run') {
      this.#stopTicking = Array.from(this.#graph.pipelines.values(), (pipeline) => ticking(pipeline, host));
    }
    log.info('everything is ready');
    if (this.#behind.size === 0) this.#caughtUp();
  }

  /** The end of a replay: closes all windows, then waits until everything is delivered. */
  async finish(): Promise<void> {
    for (const processor of this.#graph.processors.values()) {
      let more = true;
      while (more && !this.#stopping) {
        more = await this.#runner.run(async (work) => (await processor.finish?.(work)) ?? false);
        // Timers, sockets and signals have their turn, too.
        await setImmediate();
      }
    }
    await this.drained();
  }

  /**
   * Resolves when nothing is left to deliver; for as long as a backend is down that does not happen. One exporter's
   * delivery may fill the outbox of another, in this very process: until all are empty.
   */
  async drained(): Promise<void> {
    while (this.#waiting() > 0) {
      for (const exporter of this.#graph.exporters.values()) await exporter.drained();
    }
  }

  /**
   * Stops: tailing receivers first, then what is undelivered gets half of `shutdown_timeout` to leave, what listens
   * stops last, for a process may send to itself (design §3). The number of records that stay undelivered, and without
   * a durable store those, too, that a backend has refused.
   */
  async stop(): Promise<number> {
    const { shutdownTimeoutMs } = this.#config;
    const patience = AbortSignal.timeout(shutdownTimeoutMs);
    const { exporters, processors, extensions } = this.#graph;
    this.#stopping = true;
    await Promise.all(this.#stopTicking.map((stop) => stop()));
    await this.#shutDown(this.#receivers('tail'), patience);
    await Promise.race([this.drained(), delay(shutdownTimeoutMs / 2)]);
    await this.#shutDown(this.#receivers('listen'), patience);
    await this.#shutDown([...processors.values(), ...exporters.values()], patience);
    const left = this.#waiting() + (this.#store.durable ? 0 : this.#refused());
    await this.#shutDown([...extensions.values()].toReversed(), patience);
    return left;
  }

  *#receivers(kind: Receiver['kind']): Iterable<Receiver> {
    for (const receiver of this.#graph.receivers.values()) if (receiver.kind === kind) yield receiver;
  }

  #waiting(): number {
    return [...this.#graph.exporters.values()].reduce((sum, exporter) => sum + exporter.waiting(), 0);
  }

  #refused(): number {
    return [...this.#graph.exporters.keys()].reduce((sum, id) => sum + this.#store.length(`dead/${id}`), 0);
  }

  /** One that fails does not keep the others from stopping. */
  async #shutDown(components: Iterable<Component>, patience: AbortSignal): Promise<void> {
    for (const component of components) {
      await component.shutdown(patience).catch((error: unknown) => {
        this.#log.of('service').error(`a part did not stop in order: ${String(error)}`);
      });
    }
  }

  #host(): Host {
    return {
      mode: this.#mode,
      store: this.#store,
      work: (run) =>
        this.#runner.run(run).catch((error: unknown) => {
          if (error instanceof StoreError) this.#failed(error);
          throw error;
        }),
      caughtUp: (receiver) => {
        this.#behind.delete(receiver);
        if (this.#behind.size === 0) this.#caughtUp();
      },
      fail: (error) => this.#failed(error),
    };
  }
}

/** `file_log → detection → otlp_http` */
function wayOf({ receivers, processors, exporters }: PipelineConfig): string {
  return [receivers, ...processors.map((id) => [id]), exporters].map((ids) => ids.join(', ')).join(' → ');
}

// Not that of node:timers/promises, which no test can move.
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

const now = (): Time => fromMillis(Date.now());
