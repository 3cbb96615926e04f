import { Dice } from '../bench/corpus/dice.ts';
import { Effects } from './effects.ts';
import { Life } from './life.ts';
import { LogWriter } from './log-writer.ts';
import { ModelBackend } from './model-backend.ts';
import { ModelDisk } from './model-disk.ts';
import { ModelFiles } from './model-files.ts';
import { ModelStore } from './model-store.ts';
import { mounted, mountPoint } from './mounted-files.ts';
import type { Surroundings } from './surroundings.ts';
import { settle, VirtualTime } from './virtual-time.ts';

/** 2026-04-12T12:00:00Z */
const start = 1_775_995_200_000;
/** After so many rounds without peace something hangs. */
const patience = 600;

/** Everything around a process that is simulated, and the process, life after life. All of it follows from a seed. */
export class World {
  readonly dice: Dice;
  readonly effects = new Effects();
  readonly time = new VirtualTime(start);
  readonly files: ModelFiles;
  readonly disk = new ModelDisk();
  readonly backend: ModelBackend;
  readonly writer: LogWriter;
  /** The wall clock jumped: windows may have closed before their time. */
  jumped = false;
  lives = 0;
  #life: Life | undefined;
  /** Effects wait until they are let go. */
  isGated = false;
  readonly #waiting: { readonly what: string; readonly go: () => void }[] = [];
  readonly #around: Surroundings;

  /** `gate`: somebody else's choice of what goes on first. */
  constructor(seed: number, gate?: (what: string) => Promise<void>) {
    this.dice = new Dice(seed);
    this.files = new ModelFiles(mountPoint, this.effects, () => this.time.now);
    this.#around = {
      effects: this.effects,
      dice: this.dice,
      gate: gate ?? ((what) => this.#gate(what)),
      crash: () => this.#crash(),
    };
    this.backend = new ModelBackend(this.#around);
    this.writer = new LogWriter(this.files, this.time, this.dice);
  }

  /** Runs `drive` in a world of this seed, with its files mounted and its time in force. */
  static async of<T>(
    seed: number,
    drive: (world: World) => Promise<T>,
    gate?: (what: string) => Promise<void>,
  ): Promise<T> {
    const world = new World(seed, gate);
    const restore = world.time.install(() => world.dice.share());
    mounted.files = world.files;
    try {
      return await drive(world);
    } finally {
      restore();
      mounted.files = undefined;
    }
  }

  /** The present one. */
  get life(): Life {
    if (this.#life === undefined) throw new Error('nothing was booted');
    return this.#life;
  }

  get isDown(): boolean {
    return this.effects.isDead || this.life.failure !== undefined;
  }

  get waitingEffects(): number {
    return this.#waiting.length;
  }

  /** Begins the life: what it does is done when it settles, or ends it. */
  async boot(): Promise<void> {
    this.lives++;
    const { files, time, backend } = this;
    const store = await ModelStore.open(this.disk, this.#around);
    this.#life = new Life({ files, time, backend, store });
    this.life.start().catch((error: unknown) => {
      this.life.fail(error instanceof Error ? error : new Error(String(error)));
    });
    await settle();
  }

  /** The process ends, at once; another one begins. */
  async restart(): Promise<void> {
    this.effects.isDead = true;
    await settle();
    this.#waiting.length = 0;
    this.time.forget();
    this.files.closeAll();
    this.effects.note('restart');
    this.effects.sometime('restart');
    this.effects.isDead = false;
    await this.boot();
  }

  /** Lets one of the effects that wait go on. */
  async release(index: number): Promise<void> {
    const [waiting] = this.#waiting.splice(index, 1);
    waiting?.go();
    await settle();
  }

  /** The reader's next round. */
  async read(renamed?: boolean): Promise<void> {
    if (!this.life.started || this.life.isReading || this.isDown) return;
    void this.life.read(renamed);
    await settle();
  }

  async tick(): Promise<void> {
    if (!this.life.started || this.life.isTicking || this.isDown) return;
    void this.life.tick();
    await settle();
  }

  /** No more faults: goes on until everything is read and delivered. False if that does not come to an end. */
  async heal(): Promise<boolean> {
    this.effects.strike = () => undefined;
    this.backend.manner = 'well';
    this.files.mostPerRead = Infinity;
    this.writer.finish();
    let calm = 0;
    for (let round = 0; round < patience; round++) {
      calm = (await this.#step()) ? calm + 1 : 0;
      // Files without a name are let go of, and windows close.
      if (calm === 7) return true;
    }
    return false;
  }

  /** Reads until nothing is left to read; false if something came in between. */
  async catchUp(): Promise<boolean> {
    const { lives } = this;
    const { faults } = this.effects;
    for (let round = 0; round < 50; round++) {
      await this.read(round === 0 ? true : undefined);
      if (this.isDown || this.life.isReading || lives !== this.lives) return false;
      // Who could not read a file goes on with the others.
      if (faults !== this.effects.faults) return false;
      if (!this.life.isCurrent) continue;
      this.writer.markRead();
      this.effects.sometime('caught up');
      return true;
    }
    return false;
  }

  async #step(): Promise<boolean> {
    this.isGated = false;
    while (this.#waiting.length > 0) await this.release(0);
    if (this.isDown) await this.restart();
    await this.read(true);
    await this.tick();
    const isCalm = this.life.isCurrent && this.life.waiting === 0 && this.#waiting.length === 0;
    await this.time.pass(isCalm ? 300_000 : 5_000);
    return isCalm && !this.isDown;
  }

  #gate(what: string): Promise<void> {
    if (!this.isGated) return Promise.resolve();
    return new Promise((go) => this.#waiting.push({ what, go }));
  }

  #crash(): Promise<never> {
    this.effects.isDead = true;
    return new Promise(() => {});
  }
}
