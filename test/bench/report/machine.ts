import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { runCommand } from '../lab/command.ts';

/** Where and of what something was measured, for whoever wants to compare. `date`: of the run. */
export function machineFacts(date: Date): Readonly<Record<string, string>> {
  return {
    date: date.toISOString().slice(0, 16).replace('T', ' '),
    commit: commit(),
    CPU: cpus()[0]?.model ?? 'unknown',
    cores: String(availableParallelism()),
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${type()} ${release()}`,
    Node: process.version,
    'load before': (loadavg()[0] ?? 0).toFixed(2),
  };
}

/** With "changed" if what was built is not what is committed. */
function commit(): string {
  try {
    const { stdout } = runCommand('git', ['rev-parse', '--short=12', 'HEAD']);
    const changed = runCommand('git', ['status', '--porcelain', '--', 'src']).stdout !== '';
    return changed ? `${stdout}, changed` : stdout;
  } catch {
    return 'unknown';
  }
}
