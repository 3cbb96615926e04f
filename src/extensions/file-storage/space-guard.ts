import type { Health } from '../../pipeline/component.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { LevelStore } from '../../store/level.ts';
import { formatBytes } from '../../util/byte-size.ts';
import type { Ballast } from './ballast.ts';
import { freeBytes, storeBytes } from '../../store/directory-space.ts';

/** As much must be free beside the ballast before reading goes on, in bytes. */
const marginBytes = 2 ** 20;
/** A store over its quota takes records again once it is so much below it. */
const reliefShare = 0.9;
/** While space is short, one look in so many gives back that of what was delivered. */
const looksPerCompaction = 10;

export interface SpaceSettings {
  /** The component's name in the report of health. */
  readonly id: string;
  readonly directory: string;
  /** The most that the files of the store may take, in bytes. */
  readonly maxBytes: number;
  readonly ballast: Ballast;
  readonly log: Logger;
}

/**
 * Keeps a store from growing while its disk is full or its quota is used up: reading stops, delivery goes on, and both
 * go on once there is room (spec/reliability.md W23, W24).
 */
export class SpaceGuard {
  readonly #settings: SpaceSettings;
  #store: LevelStore | undefined;
  #health: Health | undefined;
  #isDiskFull = false;
  /** What was given up when the disk was full, in bytes; it is taken again before anything else is. */
  #givenUp = 0;
  #isOverQuota = false;
  #looksShort = 0;
  #warned = false;

  constructor(settings: SpaceSettings) {
    this.#settings = settings;
  }

  /** What it keeps from growing, from now on. */
  guard(store: LevelStore): void {
    this.#store = store;
    this.#act();
  }

  reportTo(health: Health): void {
    this.#health = health;
    this.#act();
  }

  /** The disk is full: gives the ballast up, so that what is queued can be delivered and forgotten. */
  makeRoom(): void {
    const { ballast } = this.#settings;
    if (ballast.isThere) this.#givenUp = ballast.bytes;
    ballast.release();
    this.#isDiskFull = true;
    this.#act();
  }

  /** Looks how much space there is. To be called again and again, one call at a time. */
  async look(): Promise<void> {
    await this.#lookAtDisk();
    await this.#lookAtQuota();
    this.#act();
    await this.#giveBack();
  }

  async #lookAtDisk(): Promise<void> {
    const { ballast, directory } = this.#settings;
    if (ballast.isThere && !this.#isDiskFull) return;
    const free = await freeBytes(directory);
    // One that never had room must not keep reading from going on.
    if (free < this.#givenUp + marginBytes) return;
    if (free >= ballast.bytes + marginBytes) await ballast.fill();
    else this.#warnOnce(`there is no room in ${directory} for a ballast of ${formatBytes(ballast.bytes)}`);
    this.#isDiskFull = false;
    this.#givenUp = 0;
  }

  async #lookAtQuota(): Promise<void> {
    const { directory, maxBytes } = this.#settings;
    const bytes = await storeBytes(directory);
    this.#isOverQuota = bytes > maxBytes * (this.#isOverQuota ? reliefShare : 1);
  }

  /** Of delivered rows LevelDB keeps the space until it has a reason to write more, which it has not while space is short. */
  async #giveBack(): Promise<void> {
    this.#looksShort = this.#isDiskFull || this.#isOverQuota ? this.#looksShort + 1 : 0;
    if (this.#looksShort % looksPerCompaction === 1) await this.#store?.compact();
  }

  #warnOnce(message: string): void {
    if (!this.#warned) this.#settings.log.warn(message);
    this.#warned = true;
  }

  #act(): void {
    const problem = this.#problem();
    this.#store?.restrict(problem);
    this.#health?.set(this.#settings.id, problem);
  }

  #problem(): string | undefined {
    const { directory, maxBytes } = this.#settings;
    const waits = 'reading waits, delivery goes on';
    if (this.#isDiskFull) return `the disk of ${directory} is full; ${waits} until there is room`;
    if (!this.#isOverQuota) return undefined;
    return `the store in ${directory} has reached its max_size of ${formatBytes(maxBytes)}; ${waits}`;
  }
}
