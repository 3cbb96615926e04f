import { Dice } from './dice.ts';
import { applications, namespaces, registries } from './words.ts';

const nodeCount = 150;
const firstMoment = Date.UTC(2026, 2, 10, 8);

/** The cluster whose audit log is written: what exists in it, and its clock. */
export class Cluster {
  readonly dice: Dice;
  readonly #nodes: readonly [string, ...string[]];
  /** Microseconds since 1970. */
  #now = firstMoment * 1_000;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    const node = (): string => `node-${this.dice.hex(8)}.eu-1.internal`;
    this.#nodes = [node(), ...this.dice.some(nodeCount - 1, node)];
  }

  /** Time passes, up to `microseconds`. */
  wait(microseconds: number): void {
    this.#now += 1 + this.dice.below(microseconds);
  }

  /** The present, as the apiserver writes it: RFC 3339 with microseconds. */
  get stamp(): string {
    const millis = new Date(Math.floor(this.#now / 1_000)).toISOString().slice(0, -1);
    return `${millis}${String(this.#now % 1_000).padStart(3, '0')}Z`;
  }

  /** A moment of the last days, as objects carry it: whole seconds. */
  earlier(): string {
    const moment = this.#now / 1_000 - this.dice.below(300_000_000);
    return `${new Date(moment).toISOString().slice(0, 19)}Z`;
  }

  node(): string {
    return this.dice.pick(this.#nodes);
  }

  namespace(): string {
    return this.dice.pick(namespaces);
  }

  application(): string {
    return this.dice.pick(applications);
  }

  address(): string {
    return `10.${this.dice.below(8)}.${this.dice.below(256)}.${this.dice.below(256)}`;
  }

  resourceVersion(): string {
    return String(200_000_000 + this.dice.below(700_000_000));
  }

  replicaSet(application: string): string {
    return `${application}-${this.dice.hex(9)}`;
  }

  pod(application = this.application()): string {
    return `${this.replicaSet(application)}-${this.dice.suffix(5)}`;
  }

  image(): string {
    const { dice } = this;
    return `${dice.pick(registries)}/${this.application()}:${1 + dice.below(5)}.${dice.below(40)}.${dice.below(12)}`;
  }

  digest(): string {
    return `sha256:${this.dice.hex(64)}`;
  }
}
