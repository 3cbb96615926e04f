import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatTime, type Time } from '../../record/time.ts';

/**
 * Profiles this process for `ms`, or until `signal` aborts, and writes `.cpuprofile` and `.heapprofile` to `directory`,
 * mode 0600, named for `now`; what browsers' developer tools open. Their paths. Rejects if they cannot be written;
 * nothing that is there is overwritten.
 */
export async function takeProfiles(
  directory: string,
  ms: number,
  now: Time,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await session.post('HeapProfiler.startSampling');
    await delay(ms, undefined, { signal, ref: false }).catch(() => {});
    const processor = await session.post('Profiler.stop');
    const heap = await session.post('HeapProfiler.stopSampling');
    const base = join(directory, `riskpipe-${process.pid}-${formatTime(now).replace(/[^\dTZ]/g, '')}`);
    return [
      await written(`${base}.cpuprofile`, processor.profile),
      await written(`${base}.heapprofile`, heap.profile),
    ];
  } finally {
    session.disconnect();
  }
}

async function written(path: string, profile: object): Promise<string> {
  await writeFile(path, JSON.stringify(profile), { mode: 0o600, flag: 'wx' });
  return path;
}
