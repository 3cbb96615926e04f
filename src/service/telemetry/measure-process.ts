import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { Measurement } from '../../otlp/metric-data.ts';
import { measured } from './measured.ts';

/** How often the event loop is looked at, in milliseconds: seldom enough to cost nothing in an idle process. */
const resolutionMs = 100;
const quantiles = [0.5, 0.99, 1];
/** So many looks make a new answer: of two who ask at nearly the same time the second gets the first one's. */
const leastLooks = 20;

/** What the operating system and the engine tell of this process. */
export class ProcessMeasure {
  /** Begun with the first reading: what nobody asks for is not watched. */
  #delay: IntervalHistogram | undefined;
  #told: readonly Measurement[] = [];

  read(): readonly Measurement[] {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    return [
      measured('otelcol_process_uptime', process.uptime()),
      measured('otelcol_process_cpu_seconds', (user + system) / 1e6),
      measured('otelcol_process_memory_rss', rss),
      measured('otelcol_process_runtime_heap_alloc_bytes', heapUsed),
      measured('otelcol_process_runtime_total_sys_memory_bytes', heapTotal + external),
      ...this.#delays(),
    ];
  }

  stop(): void {
    this.#delay?.disable();
  }

  #delays(): readonly Measurement[] {
    const delay = this.#delay;
    if (delay === undefined) {
      this.#delay = monitorEventLoopDelay({ resolution: resolutionMs });
      this.#delay.enable();
      return [];
    }
    if (delay.count < leastLooks) return this.#told;
    this.#told = quantiles.map((quantile) => {
      // The histogram holds how far apart two looks were, in nanoseconds.
      const late = Math.max(0, delay.percentile(quantile * 100) / 1e9 - resolutionMs / 1_000);
      return measured('riskpipe_event_loop_delay_seconds', late, { quantile: String(quantile) });
    });
    delay.reset();
    return this.#told;
  }
}
