import type { Processor, ProcessorFactory, Settings } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import { auditAttributes } from '../detection/kubernetes/attributes.ts';
import { redactedText } from '../detection/kubernetes/redact.ts';
import { Engine } from '../detection/engine.ts';
import { loadDetections } from '../detection/load.ts';
import { expiryMessage } from '../detection/plan/expiry.ts';
import type { Plan } from '../detection/plan/plan.ts';
import type { Batch, Position } from '../record/batch.ts';
import { isOwnEvent } from '../record/own.ts';
import type { LogRecord } from '../record/record.ts';
import { RecordBatch } from '../record/record-batch.ts';
import { ConfigError, formatProblem } from '../util/problem.ts';
import { readFiles } from '../util/read-files.ts';
import { detectionSchema, type DetectionConfig } from './detection/config.ts';
import { Found } from './detection/found.ts';

/** Turns audit events into risk events: what comes in as lines goes out as what the detections find in them. */
export const detection: ProcessorFactory<DetectionConfig> = {
  type: 'detection',
  schema: detectionSchema,
  async create(settings, config, next) {
    const detections = await readFiles(config.detections, settings.directory, 'detections');
    const allowlists = await readFiles(config.allowlists, settings.directory, 'allowlists');
    const { mode, overrides } = config;
    const written = { file: '', path: 'overrides' };
    const loaded = loadDetections(detections.files, allowlists.files, { mode, overrides, written });
    const problems = [...detections.problems, ...allowlists.problems, ...loaded.problems];
    if (problems.some(({ severity }) => severity === 'error')) throw new ConfigError(problems);
    for (const problem of problems) settings.log.warn(formatProblem(problem));
    return new DetectionProcessor(
      settings,
      config,
      loaded.detections.map(({ plan }) => plan),
      next,
    );
  },
};

class DetectionProcessor implements Processor {
  readonly #settings: Settings;
  readonly #config: DetectionConfig;
  readonly #plans: readonly Plan[];
  readonly #next: Consumer;
  readonly #engine: Engine;

  constructor(settings: Settings, config: DetectionConfig, plans: readonly Plan[], next: Consumer) {
    this.#settings = settings;
    this.#config = config;
    this.#plans = plans;
    this.#next = next;
    this.#engine = new Engine(plans, {
      component: settings.id,
      idleTimeoutMs: config.idle_timeout,
      contextOf: auditAttributes,
      redact: redactedText,
    });
  }

  async start(): Promise<void> {
    const { log, now } = this.#settings;
    const entries = this.#plans.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'allow' ? step.entries : [])),
    );
    const lists = new Set(entries.map(({ allowlist }) => allowlist));
    const allowed = `${amount(lists.size, 'allowlist')}, ${amount(entries.length, 'entry', 'entries')}`;
    log.info(`detecting ${amount(this.#plans.length, 'detection')} (${allowed})`);
    for (const entry of this.#engine.expiredEntries(now())) log.warn(expiryMessage(entry));
  }

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    const found = this.#found(work);
    for (let index = 0; index < batch.size; index++) {
      if (isOwnEvent(batch.eventName(index))) found.pass(batch.record(index));
    }
    this.#engine.process(batch, work.state, work.now, found);
    await this.#handOn(found, batch.source, batch.position, work);
  }

  async tick(work: UnitOfWork): Promise<boolean> {
    const found = this.#found(work);
    const more = this.#engine.tick(work.state, work.now, found);
    await this.#handOn(found, this.#settings.id, this.#own, work);
    return more;
  }

  async finish(work: UnitOfWork): Promise<boolean> {
    const found = this.#found(work);
    const more = this.#engine.finish(work.state, work.now, found);
    await this.#handOn(found, this.#settings.id, this.#own, work);
    return more;
  }

  async shutdown(): Promise<void> {}

  get #own(): Position {
    return { stream: this.#settings.id, offset: 0 };
  }

  #found(work: UnitOfWork): Found {
    return new Found(this.#settings.log, this.#config.cluster, work);
  }

  async #handOn(found: Found, source: string, position: Position, work: UnitOfWork): Promise<void> {
    for (const records of byResource(found.records)) {
      await this.#next.consume(new RecordBatch(records, source, position), work);
    }
  }
}

/** Runs of records of one resource, in order: a batch has one. */
function byResource(records: readonly LogRecord[]): readonly (readonly LogRecord[])[] {
  const runs: LogRecord[][] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (run?.[0]?.resource === record.resource) run.push(record);
    else runs.push([record]);
  }
  return runs;
}

const amount = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
