import { Engine, type EngineOptions } from '../../src/detection/engine.ts';
import type { Finding } from '../../src/detection/finding.ts';
import type { Meaning } from '../../src/detection/operators/row.ts';
import type { Output } from '../../src/detection/output.ts';
import type { Expr, Test } from '../../src/detection/plan/expr.ts';
import type {
  Aggregate,
  GroupKey,
  Having,
  Measure,
  Plan,
  Step,
  Window,
} from '../../src/detection/plan/plan.ts';
import { BatchMemory } from '../../src/record/batch-memory.ts';
import { LineBatch } from '../../src/record/line-batch.ts';
import type { Notice } from '../../src/record/notice.ts';
import { logRecord, type Resource } from '../../src/record/record.ts';
import { formatTime, parseTime, type Time } from '../../src/record/time.ts';
import type { Attributes } from '../../src/record/value.ts';
import { counters } from '../../src/store/counter.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { ReceivedBatch } from '../../src/record/received-batch.ts';
import { isOwnEvent } from '../../src/record/own.ts';
import type { Batch } from '../../src/record/batch.ts';
import { encode } from '../../src/otlp/encode.ts';
import { decode } from '../../src/otlp/decode.ts';
import type { State } from '../../src/store/store.ts';

/** A time of the day that all tests happen on: `12:30`, `12:30:05.5`. */
export function at(clock: string): Time {
  const seconds = clock.split(':').length === 2 ? `${clock}:00` : clock;
  const time = parseTime(`2026-04-12T${seconds}Z`);
  if (time === undefined) throw new Error(`${clock} is no time of day`);
  return time;
}

export const is = (name: string, ...values: readonly string[]): Expr =>
  testOf(name, { op: 'equals', values, fold: false });

export const testOf = (name: string, test: Test): Expr => ({
  kind: 'test',
  field: { name, arrays: 'hidden' },
  test,
});

export const atLeast = (column: string, value: number): Having => ({
  kind: 'having',
  where: testOf(column, { op: 'compare', comparison: '>=', value }),
});

export const by = (name: string, missing?: string): GroupKey => ({
  field: { name, arrays: 'hidden' },
  as: name,
  default: missing,
});

export const measure = (of: Measure['of'], name?: string): Measure => ({
  as: name === undefined ? of : `${of}_${name}`,
  of,
  field: name === undefined ? undefined : { name, arrays: 'hidden' },
});

export const tumbling = (every: string, lateness = '0s', offset = '0s'): Window => ({
  kind: 'tumbling',
  every: ms(every),
  offset: ms(offset),
  lateness: ms(lateness),
});

/** `10s`, `5m`, `1h` in milliseconds. */
export function ms(text: string): number {
  const unit = { s: 1_000, m: 60_000, h: 3_600_000 }[text.slice(-1)] ?? 0;
  return Number(text.slice(0, -1)) * unit;
}

export const aggregate = (given: Partial<Aggregate> = {}): Aggregate => ({
  kind: 'aggregate',
  by: [by('user.username')],
  measures: [measure('count')],
  window: tumbling('1h'),
  emit: 'first',
  ...given,
});

/** A plan that looks for `verb: create` and does `steps`. */
export function planOf(steps: readonly Step[], given: Partial<Plan> = {}): Plan {
  return {
    id: 'p',
    title: 'A plan',
    about: {
      uuid: '',
      version: '',
      status: '',
      description: '',
      references: [],
      attack: [],
      story: [],
      domain: '',
      license: '',
      annotations: {},
      drilldowns: [],
      needs: undefined,
    },
    origin: { frontend: 'test', file: 'test', line: 0 },
    mode: 'streaming',
    where: is('verb', 'create'),
    steps,
    risk: undefined,
    ...given,
  };
}

/** One event as a line: at a time of day, by a user, with whatever else. */
export function eventAt(clock: string, user: string, rest: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    verb: 'create',
    user: { username: user },
    stageTimestamp: formatTime(at(clock)),
    ...rest,
  });
}

/** Columns of a finding as a plain object: a list, or the only value. */
export const columnsOf = ({ columns }: Finding): Record<string, string | readonly string[]> =>
  Object.fromEntries(
    [...columns].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );

/** Of events of no kind: they say nothing of themselves, and hold no secrets. */
export const meaningless: Meaning = { contextOf: (_, source) => source, redact: (_, text) => text };

/** Keeps what an engine says. */
class RecordingOutput implements Output {
  readonly findings: Finding[] = [];
  readonly notices: Notice[] = [];
  readonly noticeResources: Resource[] = [];
  readonly malformedLines: (readonly [source: string, end: number, reason: string])[] = [];
  #full = Number.POSITIVE_INFINITY;

  finding(finding: Finding): void {
    this.findings.push(finding);
  }

  notice(notice: Notice, resource: Resource): void {
    this.notices.push(notice);
    this.noticeResources.push(resource);
  }

  /** For so many further findings, until it is called again. */
  makeRoom(room: number): void {
    this.#full = this.findings.length + room;
  }

  isFull(): boolean {
    return this.findings.length >= this.#full;
  }

  malformed(source: string, end: number, reason: string): void {
    this.malformedLines.push([source, end, reason]);
  }
}

export const resource: Resource = { attributes: { 'k8s.cluster.name': 'prod' } };

/** What all batches lie in: each only until the next one is made. */
const memory = new BatchMemory(1_073_741_824);
const roomForBatch = 33_554_432;
const place = memory.reserve(roomForBatch, 4_096);

function inMemory(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const target = memory.bytes.subarray(place, place + bytes.length);
  target.set(bytes);
  return target;
}

/** An engine with a store of its own, fed line by line or in batches. */
export class EngineRun {
  readonly store = new MemoryStore();
  readonly output = new RecordingOutput();
  readonly #plans: readonly Plan[];
  readonly #options: EngineOptions;
  readonly #offsets = new Map<string, number>();
  engine: Engine;
  now: Time = at('23:00');
  /** Findings that one call may make until its output is full. */
  room = Number.POSITIVE_INFINITY;

  constructor(plans: readonly Plan[], options: Partial<EngineOptions> = {}) {
    this.#plans = plans;
    this.#options = { component: 'detection', idleTimeoutMs: 60_000, ...meaningless, ...options };
    this.engine = new Engine(plans, this.#options);
  }

  /** As a restart: a new engine on the same store. */
  restart(plans = this.#plans): void {
    this.engine = new Engine(plans, this.#options);
  }

  async feed(lines: readonly string[], stream = 's', last = false): Promise<void> {
    await this.feedBatch(this.batchOf(lines, stream, last));
  }

  async feedBatch(batch: Batch): Promise<void> {
    const { stream, offset } = batch.position;
    this.#offsets.set(stream, offset);
    await this.commit((state) => this.engine.process(batch, state, this.now, this.output));
  }

  /** The batch that `feed` would make of `lines` next. */
  batchOf(lines: readonly string[], stream = 's', last = false, attributes: Attributes = {}): LineBatch {
    const bytes = inMemory(lines.map((line) => `${line}\n`).join(''));
    const start = this.#offsets.get(stream) ?? 0;
    const common = { attributes, observedTime: this.now, resource };
    return new LineBatch({ stream, source: `${stream}.log`, bytes, memory, start, last, ...common });
  }

  /** The same, sent as records; what is no more than the name of an event of ours is such an event. */
  receivedOf(lines: readonly string[], stream = 's'): ReceivedBatch {
    const records = lines.map((line) => {
      const eventName = isOwnEvent(line) ? line : '';
      return logRecord({ observedTime: 1n, resource, body: line, eventName });
    });
    const request = encode(records, 'proto');
    const [received] = decode(request, 'proto');
    if (received === undefined) throw new Error('there are no records in it');
    const offset = (this.#offsets.get(stream) ?? 0) + request.length;
    return new ReceivedBatch(received, { source: stream, position: { stream, offset }, now: this.now });
  }

  async tick(now = this.now): Promise<boolean> {
    this.now = now;
    return await this.commit((state) => this.engine.tick(state, now, this.output));
  }

  /** All slices of the end. Answers how many there were. */
  async finish(): Promise<number> {
    let slices = 1;
    while (await this.commit((state) => this.engine.finish(state, this.now, this.output))) slices++;
    return slices;
  }

  async commit<T>(run: (state: State) => T): Promise<T> {
    const work = this.store.begin();
    this.output.makeRoom(this.room);
    const result = run(work);
    await work.commit();
    return result;
  }

  count(name: string): number {
    return counters(this.store, 'detection').get(name) ?? 0;
  }

  get counters(): Record<string, number> {
    return Object.fromEntries(counters(this.store, 'detection'));
  }

  get findings(): readonly Finding[] {
    return this.output.findings;
  }

  /** Columns of every finding so far. */
  get rows(): readonly Record<string, string | readonly string[]>[] {
    return this.findings.map(columnsOf);
  }

  get noticeKinds(): readonly string[] {
    return this.output.notices.map(({ kind }) => kind);
  }

  /** Names of the tables that still hold something, without clocks, streams and notes of what was said. */
  get remembered(): readonly string[] {
    return this.store
      .tables('detect/')
      .filter((name) => !/^detect\/[^/]+\/(?:clock|stream|told|coverage)(?:\/|$)/.test(name));
  }
}
