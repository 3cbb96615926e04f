import type { Destination, Outcome } from '../../src/pipeline/outbox/destination.ts';
import { encodeRecord } from '../../src/record/codec.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { textOf } from '../e2e/otlp-json.ts';
import type { Surroundings } from './surroundings.ts';

/** How a backend answers for a while (spec/reliability.md §2.3, W16 to W22). */
export const manners = [
  'well',
  'lost answer',
  'unavailable',
  'busy',
  'unauthorised',
  'partial',
  'small requests',
  'cut off',
] as const;
export type Manner = (typeof manners)[number];

/** A backend that remembers what it took, and answers as it is told to. */
export class ModelBackend implements Destination {
  manner: Manner = 'well';
  /** What was taken, by uid; stubs are not among them. */
  readonly taken = new Map<string, LogRecord>();
  /** The same as `encodeRecord` writes it. */
  readonly #texts = new Map<string, string>();
  readonly stubs = new Set<string>();
  /** Said to be refused in a partial success: nobody may send them again. */
  readonly rejected = new Set<string>();
  /** Records that came again, and differed from what came before. */
  readonly changed: string[] = [];
  /** Uids in the order in which each was first taken. */
  readonly order: string[] = [];
  redelivered = 0;
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  async deliver(records: readonly LogRecord[]): Promise<Outcome> {
    const { effects, gate, dice } = this.#around;
    await gate('deliver');
    const fault = effects.happen(`deliver ${records.map(uidOf).join(' ')}`);
    if (fault !== undefined && dice.chance(0.5)) this.#take(records);
    if (fault === 'crash') return this.#around.crash();
    if (fault === 'error') throw new Error('ECONNRESET');
    const outcome = this.#answer(records);
    effects.note(`answer ${this.manner} ${outcome.kind}`);
    effects.sometime(`answer ${outcome.kind}`);
    return outcome;
  }

  async probe(): Promise<Outcome> {
    await this.#around.gate('probe');
    if (this.manner === 'unauthorised') return { kind: 'park', reason: '401' };
    this.#around.effects.sometime('unparked');
    return { kind: 'delivered' };
  }

  #answer(records: readonly LogRecord[]): Outcome {
    switch (this.manner) {
      case 'unavailable':
        return { kind: 'wait', reason: '503' };
      case 'busy':
        return { kind: 'wait', reason: '429', afterMs: 30_000 };
      case 'unauthorised':
        return { kind: 'park', reason: '401' };
      case 'cut off':
        throw new Error('ECONNRESET');
      case 'small requests':
        if (records.length > 2) return { kind: 'too large', reason: '413' };
        return this.#judge(records);
      case 'lost answer':
        if (this.#judge(records).kind === 'delivered') this.#around.effects.sometime('lost answer');
        throw new Error('ECONNRESET after the body');
      case 'partial':
        return this.#takeSome(records);
      default:
        return this.#judge(records);
    }
  }

  /** Takes all, if there is none that it never takes. */
  #judge(records: readonly LogRecord[]): Outcome {
    if (records.some(isHuge)) return { kind: 'too large', reason: '413' };
    if (records.some(isPoison)) return { kind: 'refused', reason: '400', status: 400 };
    this.#take(records);
    return { kind: 'delivered' };
  }

  #takeSome(records: readonly LogRecord[]): Outcome {
    const [first, ...others] = records;
    this.#take(others.filter((record) => !isHuge(record) && !isPoison(record)));
    if (first !== undefined) this.rejected.add(uidOf(first));
    for (const record of others) if (isHuge(record) || isPoison(record)) this.rejected.add(uidOf(record));
    return { kind: 'partial', reason: '1 record was rejected' };
  }

  #take(records: readonly LogRecord[]): void {
    for (const record of records) {
      const uid = uidOf(record);
      if (isStub(record)) {
        this.stubs.add(uid);
        continue;
      }
      const text = encodeRecord(record);
      const before = this.#texts.get(uid);
      if (before === undefined) this.order.push(uid);
      else if (before === text) this.redelivered++;
      else this.changed.push(uid);
      this.#texts.set(uid, text);
      this.taken.set(uid, record);
    }
  }
}

export const uidOf = ({ attributes }: Pick<LogRecord, 'attributes'>): string =>
  textOf(attributes['log.record.uid']);

const isStub = ({ attributes }: LogRecord): boolean => 'riskpipe.original.hash' in attributes;
const userOf = ({ attributes }: Pick<LogRecord, 'attributes'>): string => textOf(attributes['risk.object']);

/** No backend takes it (W17). */
export const isPoison = (record: Pick<LogRecord, 'attributes'>): boolean =>
  userOf(record).startsWith('poison');
/** It is larger than any backend takes (W18); what comes in its place is not. */
export const isHuge = (record: LogRecord): boolean => userOf(record).startsWith('huge') && !isStub(record);
