import { randomUUID } from 'node:crypto';
import type { Collected } from '../../otlp/metric-data.ts';
import type { Time } from '../../record/time.ts';
import type { Store } from '../../store/store.ts';
import type { Config } from '../config/config.ts';
import type { Graph } from '../graph.ts';
import type { Status } from '../status.ts';
import { measureFiles } from './measure-files.ts';
import { measureFlow } from './measure-flow.ts';
import { ProcessMeasure } from './measure-process.ts';
import { measureProcessors } from './measure-processors.ts';
import { measureStore } from './measure-store.ts';
import { instrumentsAt, type MetricLevel } from './metric-catalog.ts';

/** What is measured: the service as it runs at that moment. */
export interface Measurable {
  readonly config: Config;
  readonly graph: Graph;
  readonly store: Store;
  readonly now: Time;
  /** As `riskpipe status` tells it. */
  readonly status: Status;
}

/** Files that are told of one by one: with a label for each, a directory of thousands would be thousands of series. */
const mostFiles: Readonly<Record<MetricLevel, number>> = { basic: 0, normal: 10, detailed: 100 };

/** The service's own metrics. Nothing is counted for them: they are read from what is counted and stored anyway. */
export class OwnMetrics {
  readonly #level: MetricLevel;
  readonly #look: () => Promise<Measurable>;
  readonly #instance = randomUUID();
  readonly #process = new ProcessMeasure();
  #underWay: Promise<Collected> | undefined;

  constructor(level: MetricLevel, look: () => Promise<Measurable>) {
    this.#level = level;
    this.#look = look;
  }

  /** All metrics of the level, as they are now; who asks while they are being read gets the same. */
  collect(): Promise<Collected> {
    this.#underWay ??= this.#read().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  stop(): void {
    this.#process.stop();
  }

  async #read(): Promise<Collected> {
    const { config, graph, store, now, status } = await this.#look();
    const measurements = [
      ...measureFlow(status, graph),
      ...measureFiles(status, mostFiles[this.#level]),
      ...measureProcessors(status, store, now),
      ...(await measureStore(config)),
      ...this.#process.read(),
    ];
    // The SDK costs a start more than all else here: nobody pays for it before somebody asks.
    const { metricData } = await import('../../otlp/metric-data.ts');
    return metricData(instrumentsAt(this.#level), measurements, this.#instance, Date.now());
  }
}
