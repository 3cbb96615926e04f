import type { Exporter, Host } from '../pipeline/component.ts';
import type { Logger } from '../pipeline/logger.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import { noticeRecord } from '../record/notice.ts';
import { RecordBatch } from '../record/record-batch.ts';
import { formatTime, fromMillis, type Time } from '../record/time.ts';
import type { Stored } from '../store/store.ts';
import { formatDuration } from '../util/duration.ts';
import { reasonOf } from '../util/reason-of.ts';

const table = 'service/starts';
const key = 'unclean';
const periodMs = 600_000;
/** More ends without a stop than this, in one period, are a loop (spec/reliability.md E28). */
const tolerated = 3;
/** So many starts are remembered at most. */
const maxStarts = 100;

/** Starts that were not followed by a stop in order, oldest first, by wall time in nanoseconds as text. */
interface Starts {
  readonly times: readonly string[];
  /** When it was told of last; empty if never. */
  readonly told: string;
}

/** Keeps account of starts and stops in the store, and tells of a service that crashes again and again. */
export class StartLog {
  /**
   * Notes this start. After more than three starts in ten minutes that did not end in order it says so once, in the
   * log and as a notice to `exporters`: who makes a detection crash may want it to forget what it counted. That it
   * cannot be noted is no reason not to start.
   */
  async note(host: Host, exporters: Iterable<Exporter>, log: Logger): Promise<void> {
    try {
      await host.work((work) => this.#note(work, exporters, log));
    } catch (error) {
      log.warn(`this start could not be noted: ${reasonOf(error)}`);
    }
  }

  /** The service stops in order: nothing of what came before was a crash that goes on. */
  endWell(host: Host): Promise<void> {
    return host.work(async ({ state }) => {
      if (state.get(table, key) !== undefined) state.delete(table, key);
    });
  }

  async #note(work: UnitOfWork, exporters: Iterable<Exporter>, log: Logger): Promise<void> {
    const { state, now } = work;
    const { times, told } = startsOf(state.get(table, key));
    const recent = times.filter((time) => isRecent(BigInt(time), now));
    const first = recent[0] ?? '0';
    const isLoop = recent.length > tolerated && !isRecent(BigInt(told || '0'), now);
    const last = isLoop ? now.toString() : told;
    state.put(table, key, { times: [...recent, now.toString()].slice(-maxStarts), told: last });
    if (!isLoop) return;
    const message =
      `started ${recent.length} times in ${formatDuration(periodMs)} without stopping in order; ` +
      'look for the reason in the log before it: nothing is lost, but alerts come late';
    log.warn(message);
    const notice = {
      kind: 'crash_loop',
      message,
      identity: [first],
      attributes: {
        'riskpipe.notice.starts': recent.length,
        'riskpipe.notice.since': formatTime(BigInt(first)),
      },
    };
    const record = noticeRecord(notice, { attributes: {} }, now);
    const batch = new RecordBatch([record], 'service', { stream: 'service', offset: 0 });
    for (const exporter of exporters) await exporter.consume(batch, work);
  }
}

/** A clock that was set back leaves starts in the future, which say nothing. */
const isRecent = (time: Time, now: Time): boolean => time <= now && now - time < fromMillis(periodMs);

function startsOf(stored: Stored | undefined): Starts {
  return stored === undefined ? { times: [], told: '' } : (stored as unknown as Starts);
}
