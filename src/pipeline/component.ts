import type { z } from 'zod';
import type { Time } from '../record/time.ts';
import type { Store } from '../store/store.ts';
import type { Consumer } from './consumer.ts';
import type { Logger } from './logger.ts';
import type { PipelineView } from './pipeline-view.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** A part of the running service: created by a factory, started once, shut down once. */
export interface Component {
  /** Called after everything downstream has started. Returns quickly; long work runs on. Throws if it cannot start. */
  start(host: Host): Promise<void>;
  /** Stops taking records and lets go of files and sockets. `signal` aborts when patience runs out. */
  shutdown(signal: AbortSignal): Promise<void>;
  /**
   * Absolute paths and globs of the files that it was made of: when one of them changes, comes or goes, it has to be
   * made anew. Without those that it reads anew by itself.
   */
  readonly files?: readonly string[];
}

export interface Receiver extends Component {
  /** `tail`: reads from where data lies. `listen`: waits for others to send; stops after everything else (design §3). */
  readonly kind: 'tail' | 'listen';
  /** How far it is, for a progress bar; undefined for `listen`. */
  progress?(): Progress;
  /** How many files and patterns it could not read at all, as far as it knows; undefined for `listen`. */
  missed?(): number;
  /**
   * False while there is something that it could not yet hand on: a backlog, a full outbox. Event time then does not
   * follow wall time, for what is waiting would come too late. Undefined for `listen`.
   */
  isCurrent?(): boolean;
}

export interface Progress {
  readonly lines: number;
  readonly bytes: number;
  /** Bytes that are there and not yet read. */
  readonly behind: number;
}

export interface Processor extends Component, Consumer {
  /**
   * After `start` and before the first batch, in one unit of work with all others that begin: takes over what is
   * stored, and says what of it no longer fits.
   */
  begin?(work: UnitOfWork): Promise<void>;
  /**
   * Once a second, as a unit of work of its own: wall time moves on (`work.now`), windows of quiet streams close.
   * True if there is more to do at once (design §3: a window close commits in slices).
   */
  tick?(work: UnitOfWork): Promise<boolean>;
  /** At the end of a replay: the last tick. Closes what is open; true if there is more to do at once. */
  finish?(work: UnitOfWork): Promise<boolean>;
}

export interface Exporter extends Component, Consumer {
  /** Most records that may wait for delivery; left out if none wait, or if only their bytes are bounded. */
  readonly capacity?: number | undefined;
  /** Number of committed records that are not yet delivered. */
  waiting(): number;
  /**
   * Resolves when nothing is left to deliver; for as long as the backend is down that does not happen. Rejects once it
   * has failed: nothing more is delivered then.
   */
  drained(): Promise<void>;
  /** Somebody may have mended what keeps records from being taken: it is tried at once, and not at its time. */
  tryNow?(): void;
}

export interface Extension extends Component {
  /** Given, before `start`, what tells how the service is at any time. */
  observe?(health: () => HealthReport): void;
  /** Given, before `start`, what tells the pipelines and what was counted in them, as it is committed. */
  inspect?(pipelines: () => readonly PipelineView[]): void;
  /** The store, if this extension is one; called before `start` of anything else. */
  open?(): Promise<Store>;
}

/** What stands in the way of the service's work, as its components see it. */
export interface Health {
  /**
   * What keeps the component from its work now, in words for an operator; undefined once nothing does. The last word
   * counts. For what lasts, not for one failed attempt that the next one may mend.
   */
  set(component: string, problem: string | undefined): void;
}

/** What is said of the service's health to those who ask. */
export interface HealthReport {
  /** `healthy`: it reads and delivers, as far as its components know. */
  readonly status: 'healthy' | 'unhealthy';
  /** Wall time of the last change of the status, RFC 3339. */
  readonly since: string;
  /** What stands in the way, by component; none if it is healthy. */
  readonly reasons: readonly HealthReason[];
}

interface HealthReason {
  readonly component: string;
  readonly problem: string;
  /** Wall time since when it is so, RFC 3339. */
  readonly since: string;
}

/** What a running component may ask of the service around it. */
export interface Host {
  /** Reads all that is there now, to its end, and stops; nothing is tailed. */
  readonly mode: 'run' | 'replay';
  /**
   * Threads that a replay may read ahead with, beside the one that it runs on; none if left out. `auto`: as many as
   * there are cores, where that much is to be read that they pay.
   */
  readonly workers?: number | 'auto';
  readonly store: Store;
  readonly health: Health;
  /**
   * Runs `run` as one unit of work and commits it; one at a time in the process. If `run` or the commit fails,
   * nothing of it happened, and the error is the caller's to deal with (wait and try again, or `fail`).
   */
  work<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T>;
  /** A tailing receiver has read all there was. In a replay: it is done. */
  caughtUp(receiver: string): void;
  /** Reports an error nobody is waiting for and nobody can mend while running: the process ends. */
  fail(error: unknown): void;
}

/** What every factory is given. */
export interface Settings {
  /** The id as configured, canonical type: `file_log/audit`. */
  readonly id: string;
  /** The pipeline, for processors, which are made once a pipeline; empty for the others. */
  readonly pipeline: string;
  /** Where the component is configured: relative globs of detection files start here. Absolute. */
  readonly directory: string;
  readonly log: Logger;
  /** Wall clock, for waiting and for observed times only. */
  readonly now: () => Time;
}

/**
 * How a component type is made. A factory's module is loaded when a configuration uses it.
 *
 * `schema` turns the YAML value into a config; its issues carry the path of the key. Defaults live there, once.
 */
export interface Factory<
  Made extends Component,
  Config = never,
  Next extends readonly Consumer[] = readonly [],
> {
  /** The key in the configuration file, such as `file_log`. */
  readonly type: string;
  readonly schema: z.ZodType<Config>;
  /** Throws `ConfigError` if files that the configuration names are wrong. Touches nothing but such files. */
  create(settings: Settings, config: Config, ...next: Next): Promise<Made>;
}

export type ReceiverFactory<Config> = Factory<Receiver, Config, readonly [next: Consumer]>;
export type ProcessorFactory<Config> = Factory<Processor, Config, readonly [next: Consumer]>;
export type ExporterFactory<Config> = Factory<Exporter, Config>;
export type ExtensionFactory<Config> = Factory<Extension, Config>;
