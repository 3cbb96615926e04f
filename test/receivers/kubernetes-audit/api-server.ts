import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventList } from './bench.ts';

/** The figures of the webhook backend (spec/k8s-audit.md §5), with time that runs `scale` times as fast. */
const figures = { batch: 400, tries: 5, initialMs: 10_000, factor: 1.5, timeoutMs: 30_000 };

/** Sends events as a kube-apiserver does: in batches, each by itself, tried again after any error, then dropped. */
export class ApiServer {
  readonly #url: URL;
  readonly #scale: number;
  readonly #agent = new Agent({ keepAlive: true });
  /** How often a batch was sent again, and how many were dropped. */
  readonly seen = { retries: 0, dropped: 0 };

  constructor(address: string, scale: number) {
    this.#url = new URL(`http://${address}/?timeout=30s`);
    this.#scale = scale;
  }

  /** Resolves once every batch was taken or dropped; all of them are under way at a time. */
  async send(events: readonly string[]): Promise<void> {
    const batches: Promise<void>[] = [];
    for (let from = 0; from < events.length; from += figures.batch) {
      batches.push(this.#deliver(eventList(...events.slice(from, from + figures.batch))));
    }
    await Promise.all(batches);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #deliver(body: string): Promise<void> {
    for (let attempt = 0; attempt < figures.tries; attempt++) {
      if (attempt > 0) {
        this.seen.retries++;
        await sleep((figures.initialMs * figures.factor ** (attempt - 1)) / this.#scale);
      }
      const status = await this.#post(body).catch(() => 0);
      if (status >= 200 && status <= 206) return;
    }
    this.seen.dropped++;
  }

  #post(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        'User-Agent': 'Go-http-client/1.1',
        'Content-Length': Buffer.byteLength(body),
        Accept: 'application/json, */*',
        'Content-Type': 'application/json',
        'Accept-Encoding': 'gzip',
      };
      const timeout = AbortSignal.timeout(figures.timeoutMs / this.#scale);
      const asked = request(this.#url, { method: 'POST', headers, agent: this.#agent, signal: timeout });
      asked.on('error', reject);
      asked.on('response', (response) => {
        response.resume();
        response.on('close', () => resolve(response.statusCode ?? 0));
      });
      asked.end(body);
    });
  }
}
