import { setImmediate } from 'node:timers/promises';
import type { Host } from '../pipeline/component.ts';
import type { Pipeline } from './graph.ts';

const periodMs = 1_000;
const lookMs = 100;

/**
 * Feeds wall time into the processors of one pipeline once a second, as units of work (design §5); later while one of
 * its receivers has something that it could not yet hand on, for wall time must not close a window that it still has
 * rows for. The function it returns stops that and resolves when no tick is under way.
 */
export function ticking({ processors, receivers }: Pipeline, host: Host): () => Promise<void> {
  let stopped = false;
  let current: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tick = async (): Promise<void> => {
    for (const processor of processors) {
      let more = true;
      while (more && !stopped) {
        more = await host.work(async (work) => (await processor.tick?.(work)) ?? false);
        // Timers, sockets and signals have their turn, too.
        await setImmediate();
      }
    }
  };
  const isCurrent = (): boolean => receivers.every((receiver) => receiver.isCurrent?.() ?? true);
  const look = (): void => {
    if (!isCurrent()) {
      timer = setTimeout(look, lookMs);
      return;
    }
    const begin = performance.now();
    // What a tick could not do it does a second later: a full outbox, say. What cannot be mended, the host has heard.
    current = tick()
      .catch(() => {})
      .finally(() => {
        if (!stopped) timer = setTimeout(look, Math.max(0, begin + periodMs - performance.now()));
      });
  };
  timer = setTimeout(look, periodMs);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await current;
  };
}
