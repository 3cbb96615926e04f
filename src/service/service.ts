import { setImmediate } from 'node:timers/promises';
import type { Component, Extension, Host, Settings } from '../pipeline/component.ts';
import { undelivered } from '../pipeline/outbox/queues.ts';
import { fromMillis, type Time } from '../record/time.ts';
import { MemoryStore } from '../store/memory.ts';
import { StoreError, type Store } from '../store/store.ts';
import { reasonOf } from '../util/reason-of.ts';
import { serial } from '../util/serial.ts';
import type { Config } from './config/config.ts';
import { report } from './counts.ts';
import { Crew } from './crew.ts';
import { drained, drainFor } from './draining.ts';
import { buildGraph, receiversOf, type Graph, type Running } from './graph.ts';
import { storageDirectory } from './config/storage-directory.ts';
import { HealthBoard } from './health-board.ts';
import { lastingChange } from './lasting-change.ts';
import { refused, waiting } from './left-over.ts';
import type { OwnLog } from './own-log.ts';
import { pipelineViews } from './pipeline-views.ts';
import { tellRebuilt } from './rebuilt-notice.ts';
import { StartLog } from './start-log.ts';
import { statusOf, type Status } from './status.ts';
import { StatusSocket } from './status-socket.ts';
import type { MetricReaders } from './telemetry/metric-readers.ts';
import type { Measurable } from './telemetry/own-metrics.ts';
import { startMetrics } from './telemetry/start-metrics.ts';
import { sayWays } from './ways.ts';
import { WorkRunner } from './work.ts';

/** How long parts that go in a change may take, in milliseconds; an attempt that is cut short is made again. */
const changePatienceMs = 1_000;

/** A configuration at work. Made once, started once, perhaps reloaded, stopped once. */
export class Service {
  readonly #log: OwnLog;
  readonly #settings: (part: Pick<Settings, 'id' | 'pipeline' | 'directory'>) => Settings;
  readonly #store: Store;
  readonly #runner: WorkRunner;
  readonly #mode: Host['mode'];
  readonly #workers: NonNullable<Host['workers']>;
  readonly #health: HealthBoard;
  readonly #crew: Crew;
  readonly #starts = new StartLog();
  readonly #behind: Set<string>;
  readonly #inTurn = serial();
  #config: Config;
  #graph: Graph;
  #status: StatusSocket | undefined;
  #metrics: MetricReaders | undefined;
  #stopping = false;
  #caughtUp: () => void = () => {};
  #failed: (error: unknown) => void = () => {};

  /** Resolves when every tailing receiver has read what was there when it started. */
  readonly caughtUp = new Promise<void>((resolve) => {
    this.#caughtUp = resolve;
  });

  /** Rejects when the service cannot go on; never resolves. */
  readonly failure = new Promise<never>((_, reject) => {
    this.#failed = reject;
  });

  private constructor(
    made: Made,
    log: OwnLog,
    store: Store | undefined,
    { mode, workers = 1 }: Pick<Host, 'mode' | 'workers'>,
  ) {
    const { config, graph, settings } = made;
    this.#config = config;
    this.#graph = graph;
    this.#settings = settings;
    this.#log = log;
    this.#store = store ?? new MemoryStore();
    this.#runner = new WorkRunner(this.#store, now);
    this.#mode = mode;
    this.#workers = workers;
    this.#health = new HealthBoard(log.of('service'), now);
    this.#health.enter('it is starting');
    this.#crew = new Crew(this.#host(), log.of('service'), (extension) => this.#show(extension));
    this.#behind = new Set([...graph.receivers].filter(([, { kind }]) => kind === 'tail').map(([id]) => id));
    this.failure.catch(() => {});
  }

  /**
   * Makes all components and opens the store; nothing is read yet. `workers`: as `Host` has them. Throws `ConfigError` or
   * `StoreError`.
   */
  static async create(
    config: Config,
    log: OwnLog,
    mode: Host['mode'],
    workers: Host['workers'] = 1,
  ): Promise<Service> {
    const settings: Made['settings'] = (part) => ({ ...part, log: log.of(part.id), now });
    const graph = await buildGraph(config, settings);
    let store: Store | undefined;
    for (const extension of graph.extensions.values()) store = (await extension.open?.()) ?? store;
    return new Service({ config, graph, settings }, log, store, { mode, workers });
  }

  get store(): Store {
    return this.#store;
  }

  get graph(): Graph {
    return this.#graph;
  }

  /** Absolute paths and globs of the files that its parts were made of. */
  get files(): readonly string[] {
    const { receivers, processors, exporters, extensions } = this.#graph;
    const parts = [receivers, processors, exporters, extensions].flatMap((part) => [...part.values()]);
    return [...new Set(parts.flatMap(({ files = [] }: Component) => files))];
  }

  /** Number of receivers that read what lies somewhere, and so come to an end in a replay. */
  get tailing(): number {
    return receiversOf(this.#graph, 'tail').length;
  }

  /** How many files and patterns receivers could not read at all. */
  get missed(): number {
    return receiversOf(this.#graph, 'tail').reduce((sum, receiver) => sum + (receiver.missed?.() ?? 0), 0);
  }

  /** Starts everything, downstream first; what listens starts before what sends to it. Throws if a part cannot start. */
  async start(): Promise<void> {
    const log = this.#log.of('service');
    sayWays(this.#config, log);
    if (!this.#store.durable) {
      log.info(
        'state is kept in memory: a restart forgets positions, windows and what was not yet delivered',
      );
    }
    if (this.#mode === 'run') await this.#openStatus();
    await this.#crew.become(this.#graph);
    if (this.#mode === 'run') await this.#starts.note(this.#host(), this.#graph.exporters.values(), log);
    await tellRebuilt(this.#host(), this.#graph.exporters.values(), log);
    this.#health.enter(undefined);
    log.info('everything is ready');
    if (this.#mode === 'run') {
      const { metrics } = this.#config.telemetry;
      this.#metrics = await startMetrics(metrics, () => this.#measurable(), this.#log.of('metrics'));
    }
    if (this.#behind.size === 0) this.#caughtUp();
  }

  /**
   * Goes over to another configuration between two units of work, on the same store: nothing is lost or done twice.
   * What is configured as before goes on, and exporters that wait for something to be mended try at once; processors are
   * made anew in any case, as what they are made of may have changed. Throws `ConfigError` if it cannot, or an error if a part does not start; then all is as it was.
   */
  reload(config: Config): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#stopping) return;
      const log = this.#log.of('service');
      for (const change of lastingChange(this.#config, config)) log.warn(change);
      const before = { config: this.#config, graph: this.#graph };
      const graph = await buildGraph(config, this.#settings, this.#running());
      try {
        await this.#goOver(config, graph);
      } catch (error) {
        log.error(`a part of the new configuration does not start: ${reasonOf(error)}; going back`);
        await this.#goBack(before.config);
        throw error;
      }
      // Who reloads may have mended what a configuration does not show: a credential, or the backend (W19).
      for (const exporter of graph.exporters.values()) exporter.tryNow?.();
      sayWays(this.#config, log);
    });
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

  /** As `drained` of all that is running. */
  drained(): Promise<void> {
    return drained(this.#graph);
  }

  /**
   * Stops: tailing receivers first, then what is undelivered gets half of `shutdown_timeout` to leave, what listens
   * stops last, for a process may send to itself (design §3). `failed`: not because it was asked to. The number of
   * records that stay undelivered, and without a durable store those, too, that a backend has refused.
   */
  async stop(failed = false): Promise<number> {
    this.#stopping = true;
    this.#store.hurry();
    return this.#inTurn(async () => {
      this.#health.enter('it is stopping');
      const { shutdownTimeoutMs } = this.#config;
      // A tenth is for what cannot be cut short, so that the whole keeps to its time.
      const patience = AbortSignal.timeout(Math.ceil(shutdownTimeoutMs * 0.9));
      await this.#crew.stopTicking();
      await this.#crew.dismiss(receiversOf(this.#graph, 'tail'), patience);
      const { exporters, processors, extensions } = this.#graph;
      await drainFor(this.#graph, shutdownTimeoutMs / 2);
      await this.#crew.dismiss(receiversOf(this.#graph, 'listen'), patience);
      await this.#crew.dismiss([...processors.values(), ...exporters.values()], patience);
      const left = waiting(this.#graph) + (this.#store.durable ? 0 : refused(this.#graph, this.#store));
      if (!failed && this.#mode === 'run') await this.#starts.endWell(this.#host()).catch(() => {});
      await this.#status?.close();
      await this.#metrics?.stop(patience);
      await this.#crew.dismiss([...extensions.values()].toReversed(), patience);
      return left;
    });
  }

  #show(extension: Extension): void {
    extension.observe?.(() => this.#health.report());
    extension.inspect?.(() => pipelineViews(this.#config.pipelines, report(this.#graph, this.#store)));
  }

  /** What this process answers to `riskpipe status`. */
  #statusNow(): Promise<Status> {
    return statusOf(this.#config, this.#store, now(), { pid: process.pid, health: this.#health.report() });
  }

  async #measurable(): Promise<Measurable> {
    const status = await this.#statusNow();
    return { config: this.#config, graph: this.#graph, store: this.#store, now: now(), status };
  }

  async #openStatus(): Promise<void> {
    const directory = storageDirectory(this.#config);
    if (directory === undefined) return;
    try {
      this.#status = await StatusSocket.open(directory, () => this.#statusNow());
    } catch (error) {
      const problem = `"riskpipe status" will have no answer while this runs: ${reasonOf(error)}`;
      this.#log.of('service').warn(problem);
    }
  }

  #running(): Running {
    const has = (component: Component): boolean => this.#crew.has(component);
    return { config: this.#config, graph: this.#graph, has };
  }

  async #goOver(config: Config, graph: Graph): Promise<void> {
    await this.#crew.become(graph, changePatienceMs);
    for (const id of this.#graph.exporters.keys()) {
      const left = graph.exporters.has(id) ? 0 : undelivered(this.#store, id);
      if (left > 0) {
        this.#log.of('service').warn(`${left} records wait for ${id}, which is no longer configured`);
      }
    }
    this.#config = config;
    this.#graph = graph;
  }

  /** What was stopped for a change that failed is made and started again; if that fails, too, the process ends. */
  async #goBack(config: Config): Promise<void> {
    const making = buildGraph(config, this.#settings, this.#running());
    await making.then((graph) => this.#goOver(config, graph)).catch(this.#failed);
  }

  #host(): Host {
    return {
      mode: this.#mode,
      workers: this.#workers,
      store: this.#store,
      health: this.#health,
      work: (run) =>
        this.#runner.run(run).catch((error: unknown) => {
          // A full disk passes: whoever wanted the unit of work tries again.
          if (error instanceof StoreError && error.reason !== 'full') this.#failed(error);
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

interface Made {
  readonly config: Config;
  readonly graph: Graph;
  readonly settings: (part: Pick<Settings, 'id' | 'pipeline' | 'directory'>) => Settings;
}

const now = (): Time => fromMillis(Date.now());
