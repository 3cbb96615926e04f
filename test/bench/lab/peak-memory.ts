import { spawn } from 'node:child_process';
import { builtProgram } from './folders.ts';
import { peakMegabytesOf } from './process-usage.ts';
import { workersOption } from './replay.ts';

const everyMs = 5;

/** The most memory that a replay on one thread has resident, in MB, looked at until just before it ends. */
export async function replayPeakMegabytes(config: string): Promise<number> {
  const args = [builtProgram, 'replay', '--config', config, ...workersOption(1)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  let peak = 0;
  const look = setInterval(() => {
    try {
      peak = Math.max(peak, peakMegabytesOf(child.pid ?? 0));
    } catch {
      // It has just ended.
    }
  }, everyMs);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(look));
  if (code !== 0) throw new Error(`the replay ended with ${String(code)}: ${said}`);
  return peak;
}
