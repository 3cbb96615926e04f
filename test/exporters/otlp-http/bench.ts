import { otlpHttp } from '../../../src/exporters/otlp-http.ts';
import type { Exporter, ExporterFactory } from '../../../src/pipeline/component.ts';
import { RecordBatch } from '../../../src/record/record-batch.ts';
import { logRecord, type LogRecord } from '../../../src/record/record.ts';
import { until } from '../../e2e/until.ts';
import { TestHost } from '../../pipeline/test-host.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';

/** The real exporter, made from a configuration as it is written, on a store in memory. */
export class ExporterBench {
  readonly log: RecordingLogger;
  /** A replay: no notice of a refusal comes between the records. */
  readonly host: TestHost = Object.assign(new TestHost(), { mode: 'replay' as const });
  readonly #exporter: Exporter;

  private constructor(exporter: Exporter, log: RecordingLogger) {
    this.#exporter = exporter;
    this.log = log;
  }

  /** An `otlp_http`. */
  static make(given: object, directory?: string): Promise<ExporterBench> {
    return ExporterBench.of(otlpHttp, given, directory);
  }

  /** One that has the options of an outbox. Waits are short unless `given` says otherwise. */
  static async of<Config>(
    factory: ExporterFactory<Config>,
    given: object,
    directory?: string,
  ): Promise<ExporterBench> {
    const quick = {
      retry_on_failure: { initial_interval: '1ms', max_interval: '1ms' },
      sending_queue: { batch: { flush_timeout: '0s' } },
    };
    const log = new RecordingLogger();
    const config = factory.schema.parse({ ...quick, ...given });
    const made = settings(factory.type, { log, ...(directory !== undefined && { directory }) });
    return new ExporterBench(await factory.create(made, config), log);
  }

  start(): Promise<void> {
    return this.#exporter.start(this.host);
  }

  send(records: readonly LogRecord[]): Promise<void> {
    const batch = new RecordBatch(records, 'test', { stream: 'test', offset: 0 });
    return this.host.work((work) => this.#exporter.consume(batch, work));
  }

  /** Sends a record for each body. */
  sendBodies(...bodies: readonly string[]): Promise<void> {
    const resource = { attributes: { 'k8s.cluster.name': 'test' } };
    return this.send(bodies.map((body) => logRecord({ observedTime: 1n, resource, body })));
  }

  drained(): Promise<void> {
    return this.#exporter.drained();
  }

  logged(text: string): Promise<boolean> {
    return until(
      () => this.log.lines.some((line) => line.includes(text)),
      () => `no "${text}" in ${JSON.stringify(this.log.lines.slice(-5))}`,
    );
  }

  loggedLike(pattern: RegExp): Promise<boolean> {
    return until(
      () => this.log.lines.some((line) => pattern.test(line)),
      () => `no ${pattern} in ${JSON.stringify(this.log.lines.slice(-5))}`,
    );
  }

  stop(): Promise<void> {
    return this.#exporter.shutdown(AbortSignal.abort());
  }
}
