import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel says of a running process. Linux only. Throws once it has ended. */

/** CPU seconds of all its threads so far, exact to nanoseconds (/proc/PID/stat counts ticks of 10 ms). */
export function cpuSecondsOf(id: number): number {
  const tasks = `/proc/${id}/task`;
  return readdirSync(tasks).reduce((sum, task) => {
    const [nanoseconds] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ');
    return sum + Number(nanoseconds) / 1e9;
  }, 0);
}

/** The most memory that it has had resident at a time, in MB. */
export function peakMegabytesOf(id: number): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
  if (kibibytes === undefined) throw new Error(`process ${id} has ended`);
  return (Number(kibibytes) * 1_024) / 1e6;
}
