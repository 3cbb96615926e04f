import { availableParallelism } from 'node:os';
import type { Host } from '../../../pipeline/component.ts';
import type { Logger } from '../../../pipeline/logger.ts';
import type { ScanOrder } from '../../../pipeline/scan-order.ts';
import type { FollowedFiles } from '../followed-files.ts';
import type { Unwrapping } from '../frames.ts';
import { LookAhead } from './look-ahead.ts';
import { ScanThread, threadProgram } from './scan-thread.ts';

/** Less is read before a thread has started. */
const leastBytes = 67_108_864;
/** To start two threads takes the CPU time of scanning half a GiB: nobody who did not ask for them pays that for less. */
const leastUnasked = 2_147_483_648;
const stretchBytes = 8_388_608;

/** What a replay can have threads for. */
export interface ThreadWishes {
  readonly host: Pick<Host, 'mode' | 'workers'>;
  /** What downstream looks for; undefined if it has to see every line. */
  readonly order: ScanOrder | undefined;
  readonly files: FollowedFiles;
  readonly maxLine: number;
  /** Threads know no lines that are wrapped. */
  readonly unwrapping?: Unwrapping | undefined;
  readonly log: Logger;
}

/** Starts the threads of a replay; undefined if it is to read alone, or better does. */
export function startThreads(wishes: ThreadWishes): LookAhead | undefined {
  const { host, order, files, maxLine, log } = wishes;
  const { mode, workers = 1 } = host;
  const count = workers === 'auto' ? availableParallelism() : workers;
  if (mode !== 'replay' || count < 2) return undefined;
  const program = threadProgram();
  const bytes = files.all.reduce((sum, { behind }) => sum + behind, 0);
  const isLittle = bytes < (workers === 'auto' ? leastUnasked : leastBytes);
  const reason = whyAlone(wishes, program, isLittle);
  if (order === undefined || program === undefined || reason !== undefined) {
    log.debug(`one thread reads all: ${reason}`);
    return undefined;
  }
  const { target } = order;
  const failed = (why: string): void =>
    log.warn(`a thread ended: ${why}; what it would have read is read without it`);
  const threads = Array.from({ length: count }, () => new ScanThread(program, { target, maxLine }, failed));
  log.debug(`${count} threads read ahead`);
  return new LookAhead({
    threads,
    files: () => files.all.filter(({ isArchive }) => !isArchive),
    open: order.open,
    stretchBytes,
  });
}

function whyAlone(
  { unwrapping, order }: ThreadWishes,
  program: string | undefined,
  isLittle: boolean,
): string | undefined {
  if (unwrapping !== undefined) return 'it has to unwrap the lines';
  if (order === undefined) return 'every line has to be looked at, or several pipelines read it';
  if (program === undefined) return 'this build has no program for threads';
  return isLittle ? 'there is little to read' : undefined;
}
