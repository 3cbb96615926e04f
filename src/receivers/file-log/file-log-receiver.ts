import { setImmediate } from 'node:timers/promises';
import type { Consumer } from '../../pipeline/consumer.ts';
import type { Host, Progress, Receiver, Settings } from '../../pipeline/component.ts';
import { Silence } from '../../pipeline/silence.ts';
import type { Resource } from '../../record/record.ts';
import type { Attributes } from '../../record/value.ts';
import { reasonOf } from '../../util/reason-of.ts';
import type { LookAhead } from './ahead/look-ahead.ts';
import type { ThreadWishes } from './ahead/start-threads.ts';
import { Alarm } from './alarm.ts';
import { DirectoryWatch } from './directory-watch.ts';
import { Discovery } from './discovery.ts';
import { FilePositions } from './file-position.ts';
import { FileTurns } from './file-turns.ts';
import type { Unwrapping } from './frames.ts';
import { ReadBuffer } from './read-buffer.ts';

/** The options of `file_log`, in milliseconds and bytes. */
export interface FileLogConfig {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly startAt: 'beginning' | 'end';
  readonly pollMs: number;
  /** The longest line without its line end. */
  readonly maxLine: number;
  /** How lines are unwrapped; undefined: they are events as they stand. */
  readonly unwrapping?: Unwrapping | undefined;
  readonly resource: Resource;
  /** What every record of the file at `path` carries. */
  readonly attributesOf: (path: string) => Attributes;
  /** Most descriptors to keep open. */
  readonly maxOpen: number;
  /** How long no line may come before that is told; 0: for ever. */
  readonly silenceMs: number;
  /** How long a file that lost its name has to be quiet before it is let go, at least. */
  readonly graceMs: number;
  /** Starts what reads ahead in a replay, if that is worth while. */
  readonly readAhead: (wishes: ThreadWishes) => LookAhead | undefined;
}

/** A log that brings so many lines at a look is busy: it gets time to bring more before the next one. */
const busyLines = 64;
const restMs = 20;

/** Tails files: finds them, follows them through rotations, and hands on their lines, each once (design §7). */
export class FileLogReceiver implements Receiver {
  readonly kind = 'tail';
  readonly #settings: Settings;
  readonly #config: FileLogConfig;
  readonly #next: Consumer;
  readonly #alarm = new Alarm();
  #turns: FileTurns | undefined;
  #discovery: Discovery | undefined;
  #watch: DirectoryWatch | undefined;
  /** The threads of a replay, if it has any. */
  #ahead: LookAhead | undefined;
  #running: Promise<void> = Promise.resolve();
  #renamed = false;
  #watched = false;
  #stopped = false;
  #current = false;

  constructor(settings: Settings, config: FileLogConfig, next: Consumer) {
    this.#settings = settings;
    this.#config = config;
    this.#next = next;
  }

  async start(host: Host): Promise<void> {
    const { id, log } = this.#settings;
    const positions = new FilePositions(id);
    const common = {
      receiver: id,
      log,
      positions,
      clock: () => performance.now(),
      next: this.#next,
      ...this.#config,
    };
    const discovery = new Discovery(common, host);
    this.#discovery = discovery;
    await discovery.look();
    const { maxLine, unwrapping } = this.#config;
    const buffer = new ReadBuffer((unwrapping?.longest ?? maxLine) + 2);
    const { files } = discovery;
    this.#ahead = this.#config.readAhead({ ...common, host, order: this.#next.scanOrder, files });
    const turns = new FileTurns({ ...common, buffer, ahead: this.#ahead }, files, host);
    this.#turns = turns;
    if (host.mode === 'run') this.#startWatch(discovery);
    this.#running = this.#run(host, discovery, turns).catch((error: unknown) => host.fail(error));
  }

  async shutdown(): Promise<void> {
    this.#stopped = true;
    this.#alarm.ring();
    await this.#running;
    await this.#watch?.close();
    await this.#ahead?.close();
    this.#discovery?.files.close();
  }

  progress(): Progress {
    const behind = this.#discovery?.files.all.reduce((sum, file) => sum + file.behind, 0) ?? 0;
    return { lines: this.#turns?.lines ?? 0, bytes: this.#turns?.bytes ?? 0, behind };
  }

  missed(): number {
    return (this.#discovery?.missed ?? 0) + (this.#turns?.missed ?? 0);
  }

  isCurrent(): boolean {
    return this.#current;
  }

  #startWatch(discovery: Discovery): void {
    this.#watched = true;
    this.#watch = new DirectoryWatch({
      changed: (path) => {
        if (discovery.files.markDue(path)) this.#alarm.ring();
      },
      renamed: () => {
        this.#renamed = true;
        this.#alarm.ring();
      },
      failed: (error) => {
        this.#watched = false;
        const every = `${this.#config.pollMs} ms`;
        this.#settings.log.warn(
          `cannot watch directories: ${reasonOf(error)}; files are looked at every ${every}`,
        );
      },
    });
    this.#watch.cover(discovery.directories);
  }

  async #poll(discovery: Discovery): Promise<void> {
    const known = { renamed: this.#renamed, watched: this.#watched };
    this.#renamed = false;
    if (await discovery.poll(known)) this.#watch?.cover(discovery.directories);
  }

  async #run(host: Host, discovery: Discovery, turns: FileTurns): Promise<void> {
    const { pollMs, silenceMs, resource } = this.#config;
    const { id: receiver, log } = this.#settings;
    const clock = (): number => performance.now();
    const silence = new Silence({ receiver, silenceMs, resource, next: this.#next, log, clock }, host);
    let pollAt = performance.now() + pollMs;
    let caughtUp = false;
    let seen = 0;
    while (!this.#stopped) {
      if (host.mode === 'run' && (this.#renamed || performance.now() >= pollAt)) {
        await this.#poll(discovery);
        await silence.look(turns.lines);
        pollAt = performance.now() + pollMs;
      }
      const moved = await turns.round(() => this.#stopped);
      this.#current = !moved && turns.isDone();
      if (moved) {
        // Timers, sockets and signals have their turn, too.
        await setImmediate();
        continue;
      }
      if (!caughtUp && this.#current) {
        caughtUp = true;
        host.caughtUp(this.#settings.id);
        if (host.mode === 'replay') return;
      }
      // A look costs as much as hundreds of lines do, however few it finds.
      if (turns.lines - seen >= busyLines) await delay(restMs);
      seen = turns.lines;
      await this.#alarm.wait(Math.min(pollMs, turns.pauseMs));
    }
  }
}

// Not that of node:timers/promises, which no test can move.
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
