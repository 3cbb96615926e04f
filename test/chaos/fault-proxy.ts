import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to one connection. Nothing of it: bytes pass as they come. */
export interface Fault {
  /** The connection ends once so many bytes went to the backend; the rest never arrives. */
  readonly cutUpAfter?: number;
  /** The same for bytes from the backend. */
  readonly cutDownAfter?: number;
  /** Bytes go no further from there on, and nobody is told. */
  readonly holdUpAfter?: number;
  readonly holdDownAfter?: number;
  /** The bit 0 of this byte to the backend is turned. */
  readonly flipUpAt?: number;
  /** Each piece of data waits for so long. */
  readonly delayMs?: number;
  /** Cuts are RSTs. */
  readonly reset?: boolean;
}

/** A TCP proxy on loopback that harms connections by plan: the n-th, from 0. */
export class FaultProxy {
  /** How many connections had a fault that came to pass. */
  fired = 0;
  connections = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  private constructor(target: number, plan: (connection: number) => Fault) {
    this.#server = createServer((client) => {
      const backend = connect(target, '127.0.0.1');
      for (const socket of [client, backend]) this.#keep(socket);
      const fault = plan(this.connections++);
      const end = (): void => {
        for (const socket of [client, backend]) {
          if (fault.reset === true) socket.resetAndDestroy();
          else socket.destroy();
        }
      };
      const up = { cut: fault.cutUpAfter, hold: fault.holdUpAfter, flip: fault.flipUpAt };
      const down = { cut: fault.cutDownAfter, hold: fault.holdDownAfter, flip: undefined };
      void this.#pass(client, backend, up, fault.delayMs ?? 0, end);
      void this.#pass(backend, client, down, fault.delayMs ?? 0, end);
    });
  }

  static async start(target: number, plan: (connection: number) => Fault): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, plan);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(
    from: Socket,
    to: Socket,
    { cut = Infinity, hold = Infinity, flip = -1 }: Record<'cut' | 'hold' | 'flip', number | undefined>,
    delayMs: number,
    end: () => void,
  ): Promise<void> {
    let passed = 0;
    let fired = false;
    const fire = (): void => {
      if (!fired) this.fired++;
      fired = true;
    };
    try {
      for await (const data of from as AsyncIterable<Buffer>) {
        if (delayMs > 0) await sleep(delayMs);
        const most = Math.min(cut, hold) - passed;
        const piece = Buffer.from(data.subarray(0, Math.max(0, most)));
        if (flip >= passed && flip < passed + piece.length) {
          piece.writeUInt8(piece.readUInt8(flip - passed) ^ 1, flip - passed);
          fire();
        }
        passed += data.length;
        if (piece.length > 0) to.write(piece);
        if (passed < Math.min(cut, hold)) continue;
        fire();
        if (cut <= hold) end();
      }
      if (!fired) to.end();
    } catch {
      end();
    }
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#open.delete(socket));
  }
}
