import { BenchChild } from './bench-child.ts';

/** A backend on the loopback address, in a process of its own. */
export class LoopbackBackend {
  readonly #child: BenchChild;
  readonly endpoint: string;

  private constructor(child: BenchChild, port: number) {
    this.#child = child;
    this.endpoint = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<LoopbackBackend> {
    const child = new BenchChild('sink');
    const { port } = (await child.told('address')) as { readonly port: number };
    return new LoopbackBackend(child, port);
  }

  /** How long after its stamp each stamped record was acknowledged, so far; in milliseconds. */
  get latenciesMs(): readonly number[] {
    return this.#child.all('latencyMs').map(Number);
  }

  async stop(): Promise<void> {
    await this.#child.end();
  }
}
