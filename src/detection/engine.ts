import type { Batch } from '../record/batch.ts';
import { isOwnEvent } from '../record/own.ts';
import { fromMillis, type Time } from '../record/time.ts';
import type { State } from '../store/store.ts';
import { Closer } from './operators/closer.ts';
import { Coverage } from './operators/coverage.ts';
import { announceResets } from './operators/announce-resets.ts';
import { attendPlans } from './operators/attend-plans.ts';
import { idleTime } from './operators/idle-time.ts';
import type { Keeper } from './operators/keeper.ts';
import { defaultLimits, type Limits } from './operators/limits.ts';
import { PlanOperator } from './operators/plan-operator.ts';
import { Pass } from './operators/pass.ts';
import type { Meaning } from './operators/row.ts';
import { StreamClock } from './operators/stream-clock.ts';
import { Streams, type Laggard } from './operators/streams.ts';
import { Tally } from './operators/tally.ts';
import { Turn } from './operators/turn.ts';
import type { Output } from './output.ts';
import { hasExpired } from './plan/expiry.ts';
import type { AllowEntry, Plan } from './plan/plan.ts';
import { noReferences, type References } from './reference.ts';
import type { ScannerMaker } from './scanner.ts';
import { Scanning } from './scanning.ts';

export interface EngineOptions extends Meaning {
  /** Id of the component: owner of the state (`detect/<id>/...`) and of the counters. */
  readonly component: string;
  /** A stream that brought nothing for so long, by wall time, no longer holds the watermark. Milliseconds. */
  readonly idleTimeoutMs: number;
  readonly limits?: Partial<Limits>;
  /** What lookups and places are looked up in; nothing if left out. */
  readonly references?: References;
  /** Finds lines that are worth a look; without it every line has one. It makes no difference but in speed. */
  readonly scannerOf?: ScannerMaker;
}

/**
 * Runs plans: batches in, findings out.
 *
 * All it remembers is in the state it is given, so a rollback undoes everything. It reads no clock: `now` is the wall
 * time of the unit of work, used for the receive time of events that have none of their own, for how far ahead an
 * event may be, and for idle streams. Equal input gives equal output, however it is cut into batches.
 *
 * Counters of the component: `evaluated`, `malformed`; for each plan `detection/<id>/unmatched`, `/allowed`
 * and `/counted`, which add up to `evaluated`, and beside them `/late` and `/overflow`, rows that came too late or were
 * too many for any result; `/findings`, which is `/emitted` and `/suppressed`; for each allowlist entry `allowlist/<id>/<index>` and `allowlist/<id>/<index>/expired`.
 */
export class Engine {
  readonly #plans: readonly Plan[];
  readonly #options: EngineOptions;
  readonly #operators: readonly PlanOperator[];
  readonly #keepers: ReadonlyMap<string, Keeper>;
  readonly #coverage: Coverage;
  /** A line of plain text is an event, too: searches may look at it. */
  readonly #textLines: boolean;
  /** Undefined: every line is looked at. */
  readonly #scanning: Scanning | undefined;
  readonly #laggard: Laggard = { stream: undefined };
  /** What was counted for a state and is not saved yet. */
  #open: { readonly state: State; readonly tally: Tally } | undefined;
  /** Wall time of the first call: after a restart every stream has its idle time anew. */
  #started: Time | undefined;

  /** Ids of plans are unique; patterns and networks in them have been checked. */
  constructor(plans: readonly Plan[], options: EngineOptions) {
    const { component, references = noReferences } = options;
    const limits = { ...defaultLimits, ...options.limits };
    const around = { component, limits, references };
    this.#plans = plans;
    this.#options = options;
    this.#operators = plans.map((plan) => new PlanOperator(plan, around));
    const keepers = this.#operators.flatMap((operator) => operator.keepers);
    this.#keepers = new Map(keepers.map((keeper) => [keeper.name, keeper]));
    this.#textLines = plans.some(({ steps }) => steps.some(({ kind }) => kind === 'transform'));
    this.#coverage = new Coverage(component, plans, limits.blindAfter);
    this.#scanning = this.#makeScanning();
  }

  /**
   * Once before the first batch: takes over what an earlier engine left in `state`. What was counted for a plan that
   * now counts in another way is of no use; that is said. Each plan accounts for lines from here on.
   */
  begin(state: State, now: Time, output: Output): void {
    const { component } = this.#options;
    announceResets(this.#plans, this.#keepers, new Turn(component, state, now, output));
    attendPlans(state, component, this.#plans);
  }

  /** Evaluates every line of a batch but those that are our own events. Counters are saved at once. */
  process(batch: Batch, state: State, now: Time, output: Output): void {
    const tally = new Tally();
    const lines = this.#lines(batch, state, now, output, tally);
    while (lines.next().done !== true);
    tally.save(state, this.#options.component);
  }

  /**
   * As `process`, but it pauses after each line that plans looked at: what was found can be taken away before it is
   * much, as young objects cost the least. To be run to its end. Counters are saved when `last` runs what it is given:
   * after the last batch that comes with this `state`.
   */
  inPauses(
    batch: Batch,
    state: State,
    now: Time,
    output: Output,
    last: (save: () => void) => void,
  ): Iterator<void> {
    return this.#lines(batch, state, now, output, this.#tallyOf(state, last));
  }

  *#lines(batch: Batch, state: State, now: Time, output: Output, tally: Tally): Generator<void, void, void> {
    this.#started ??= now;
    const turn = new Turn(this.#options.component, state, now, output, tally);
    const closer = new Closer(turn, this.#keepers);
    const streams = new Streams(state, this.#options.component, this.#laggard);
    const watch = this.#coverage.watch(state);
    const pass = new Pass(batch, {
      meaning: this.#options,
      textLines: this.#textLines,
      operators: this.#operators,
      turn,
      closer,
      clock: new StreamClock(streams, batch.position.stream, now, turn.watermark),
      watch,
    });
    yield* this.#scanning?.run(batch, pass, watch.open) ?? everyLine(batch, pass);
    pass.end();
  }

  /** What other threads may scan for (`scanAhead`), and what of it is open; undefined if every line has to be seen. */
  get scanning(): Pick<Scanning, 'target' | 'open'> | undefined {
    return this.#scanning;
  }

  /** Gives back what it took of the memories of batches. To be called when no batch will come any more. */
  close(): void {
    this.#scanning?.close();
  }

  /** Wall time moves on: streams that are idle let go of the watermark. True if there is more to close at once. */
  tick(state: State, now: Time, output: Output): boolean {
    const { component, idleTimeoutMs } = this.#options;
    this.#started ??= now;
    const turn = new Turn(component, state, now, output);
    const closer = new Closer(turn, this.#keepers);
    const streams = new Streams(state, component, this.#laggard);
    turn.watermark.raise(idleTime(streams, now, this.#started, fromMillis(idleTimeoutMs)));
    this.#coverage.tick(state, turn);
    const more = closer.due();
    turn.watermark.save();
    turn.tally.save(state, component);
    return more;
  }

  /** The input has ended (a replay): closes every window that is open. True if there is more to close at once. */
  finish(state: State, now: Time, output: Output): boolean {
    const { component } = this.#options;
    const turn = new Turn(component, state, now, output);
    this.#coverage.judge(state, turn);
    const more = new Closer(turn, this.#keepers).end(now);
    turn.watermark.save();
    turn.tally.save(state, component);
    return more;
  }

  /** The allowlist entries that no longer allow what happens at `now`, each once; for whoever has to renew them. */
  expiredEntries(now: Time): readonly AllowEntry[] {
    const entries = new Map<string, AllowEntry>();
    for (const step of this.#plans.flatMap(({ steps }) => steps)) {
      if (step.kind !== 'allow') continue;
      for (const entry of step.entries) {
        if (hasExpired(entry, now)) entries.set(`${entry.index} ${entry.allowlist}`, entry);
      }
    }
    return [...entries.values()];
  }

  /** Counts of several batches go into one tally: with many plans they are more work than some batches. */
  #tallyOf(state: State, last: (save: () => void) => void): Tally {
    if (this.#open?.state === state) return this.#open.tally;
    const tally = new Tally();
    this.#open = { state, tally };
    last(() => tally.save(state, this.#options.component));
    return tally;
  }

  #makeScanning(): Scanning | undefined {
    const { scannerOf, splunk } = this.#options;
    if (scannerOf === undefined || this.#operators.some(({ seesAll }) => seesAll)) return undefined;
    const plans = this.#plans.map(({ id, where }) => ({ id, where }));
    return new Scanning({ plans, probes: this.#coverage.probes }, { scannerOf, splunk });
  }
}

function* everyLine(batch: Batch, pass: Pass): Generator<void, void, void> {
  for (let index = 0; index < batch.size; index++) {
    if (isOwnEvent(batch.eventName(index))) continue;
    pass.line(batch.line(index));
    yield;
  }
}
