import { resolve } from 'node:path';
import type { Processor, ProcessorFactory, Settings } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import type { ScanOrder } from '../pipeline/scan-order.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import { auditAttributes } from '../detection/kubernetes/attributes.ts';
import { redactedText } from '../detection/kubernetes/redact.ts';
import { Engine } from '../detection/engine.ts';
import { incidentComponent, Incidents } from '../detection/incidents.ts';
import { lineScanner } from '../detection/line-scanner.ts';
import { loadDetections } from '../detection/load.ts';
import { expiryMessage } from '../detection/plan/expiry.ts';
import type { Plan } from '../detection/plan/plan.ts';
import { loadReferences, type ReloadingReferences } from '../detection/references/load-references.ts';
import type { Batch, Position } from '../record/batch.ts';
import { isOwnEvent } from '../record/own.ts';
import type { LogRecord } from '../record/record.ts';
import { RecordBatch } from '../record/record-batch.ts';
import { count } from '../store/counter.ts';
import { ConfigError, formatProblem } from '../util/problem.ts';
import { detectionSchema, type DetectionConfig } from './detection/config.ts';
import { Found } from './detection/found.ts';
import { IncidentsFound } from './detection/incidents-found.ts';
import { neededFields, placing } from './detection/needed-fields.ts';
import { readContent } from './detection/read-content.ts';
import { ReferenceWatch } from './detection/reference-watch.ts';

/** Turns audit events into risk events: what comes in as lines goes out as what the detections find in them. */
export const detection: ProcessorFactory<DetectionConfig> = {
  type: 'detection',
  schema: detectionSchema,
  async create(settings, config, next) {
    const { log, directory } = settings;
    const content = await readContent(config, directory);
    const { mode, overrides } = config;
    const loaded = loadDetections(content.files, {
      mode,
      overrides,
      define: config.macros.define,
      missingLookup: 'error',
      written: { file: '', overrides: 'overrides', define: 'macros.define' },
    });
    const plans = loaded.detections.map(({ plan }) => plan);
    const geoip = config.geoip && resolve(directory, config.geoip.database);
    const { references, problems: inReferences } = await loadReferences(
      { definitions: loaded.lookups, needed: neededFields(plans), geoip },
      (problem) => log.warn(formatProblem(problem)),
    );
    const problems = [...content.problems, ...loaded.problems, ...inReferences];
    if (problems.some(({ severity }) => severity === 'error')) throw new ConfigError(problems);
    for (const problem of problems) log.warn(formatProblem(problem));
    return new DetectionProcessor(settings, config, plans, references, next);
  },
};

class DetectionProcessor implements Processor {
  readonly #settings: Settings;
  readonly #config: DetectionConfig;
  readonly #plans: readonly Plan[];
  readonly #watch: ReferenceWatch;
  readonly #next: Consumer;
  readonly #engine: Engine;
  /** Undefined if no rule is configured. */
  readonly #incidents: Incidents | undefined;

  constructor(
    settings: Settings,
    config: DetectionConfig,
    plans: readonly Plan[],
    references: ReloadingReferences,
    next: Consumer,
  ) {
    this.#settings = settings;
    this.#config = config;
    this.#plans = plans;
    this.#watch = new ReferenceWatch(references, settings.log);
    this.#next = next;
    const { time_field: timeField, ...provenance } = config.splunk;
    this.#engine = new Engine(plans, {
      component: settings.id,
      idleTimeoutMs: config.idle_timeout,
      limits: { state: config.max_state },
      contextOf: auditAttributes,
      redact: redactedText,
      splunk: { ...provenance, timeField },
      references,
      ...(config.scanner === 'auto' && { scannerOf: lineScanner }),
    });
    this.#incidents = incidentsOf(settings.id, config);
  }

  /** Of the lines that it is given, only those that a scan leaves are its own to look at. */
  get scanOrder(): ScanOrder | undefined {
    const { scanning } = this.#engine;
    return scanning && { target: scanning.target, open: () => scanning.open };
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
    const unplaced = this.#config.geoip === undefined ? placing(this.#plans) : [];
    if (unplaced.length > 0) {
      log.warn(`no place of any address is known: "geoip" names no database (${unplaced.join(', ')})`);
    }
  }

  async begin(work: UnitOfWork): Promise<void> {
    const found = this.#found(work);
    this.#engine.begin(work.state, work.now, found);
    await this.#handOn(found, this.#settings.id, this.#own, work);
  }

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    const found = this.#found(work);
    for (let index = 0; index < batch.size; index++) {
      if (isOwnEvent(batch.eventName(index))) found.pass(batch.record(index));
    }
    count(work.state, this.#settings.id, 'passed', found.records.length);
    const lines = this.#engine.inPauses(batch, work.state, work.now, found, work.beforeCommit);
    while (lines.next().done !== true) {
      if (found.isLoad) await this.#handOn(found, batch.source, batch.position, work);
    }
    await this.#handOn(found, batch.source, batch.position, work);
  }

  async tick(work: UnitOfWork): Promise<boolean> {
    await this.#watch.tick(work.now);
    const found = this.#found(work);
    const more = this.#engine.tick(work.state, work.now, found);
    this.#incidents?.tick(work.state, work.now, this.#incidentsFound(found, work));
    await this.#handOn(found, this.#settings.id, this.#own, work);
    return more;
  }

  async finish(work: UnitOfWork): Promise<boolean> {
    const found = this.#found(work);
    const more = this.#engine.finish(work.state, work.now, found);
    await this.#handOn(found, this.#settings.id, this.#own, work);
    return more;
  }

  async shutdown(): Promise<void> {
    this.#engine.close();
  }

  /** Tables and places are read anew by themselves. */
  get files(): readonly string[] {
    const { detections, allowlists, macros: search, deployments, lookups } = this.#config;
    const patterns = [detections, allowlists, search.files, deployments, lookups].flat();
    return patterns.map((pattern) => resolve(this.#settings.directory, pattern));
  }

  get #own(): Position {
    return { stream: this.#settings.id, offset: 0 };
  }

  #found(work: UnitOfWork): Found {
    return new Found(this.#settings.log, this.#config.cluster, work);
  }

  #incidentsFound(found: Found, { now }: UnitOfWork): IncidentsFound {
    return new IncidentsFound(found, this.#config.cluster, now);
  }

  async #handOn(found: Found, source: string, position: Position, work: UnitOfWork): Promise<void> {
    const incidents = this.#incidentsFound(found, work);
    this.#incidents?.process([...found.records], position, work.state, work.now, incidents);
    for (const run of byResource(found.take())) {
      count(work.state, this.#settings.id, 'handed_on', run.length);
      await this.#next.consume(new RecordBatch(run, source, position), work);
    }
  }
}

function incidentsOf(
  id: string,
  { incidents, cluster, idle_timeout, max_state }: DetectionConfig,
): Incidents | undefined {
  const { risk_threshold, tactic_threshold } = incidents;
  if (risk_threshold === undefined && tactic_threshold === undefined) return undefined;
  return new Incidents({
    component: incidentComponent(id),
    rules: { risk_threshold, tactic_threshold },
    cluster,
    idleTimeoutMs: idle_timeout,
    limits: { state: max_state },
  });
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
