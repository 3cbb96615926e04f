import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { freePorts } from '../../e2e/free-ports.ts';
import { until } from '../../e2e/until.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { collectorVariables } from '../detections/collector-config.ts';

const patienceMs = 1_800_000;
// Seldom enough that the answers cost it nothing that could be seen.
const askEveryMs = 100;
const accepted = /^otelcol_receiver_accepted_log_records(?:\{[^}]*\})? (\S+)/m;

/**
 * Runs a Collector, on one core and with little garbage collection, until it has accepted every line of the log; the
 * seconds from its start. Its processors run before a line counts as accepted.
 */
export async function collectorSeconds(
  binary: string,
  config: string,
  corpus: Corpus,
  out: string,
): Promise<number> {
  const [port = 0] = await freePorts(1);
  const { file, out: outVariable, metricsPort } = collectorVariables;
  const start = performance.now();
  const child = spawn(binary, ['--config', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      GOMAXPROCS: '1',
      GOGC: '400',
      [file]: corpus.path,
      [outVariable]: out,
      [metricsPort]: String(port),
    },
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  let lines = 0;
  let askAt = start;
  try {
    await until(
      () => {
        if (child.exitCode !== null) throw new Error(`the Collector ended with ${child.exitCode}: ${said}`);
        if (performance.now() >= askAt) {
          askAt = performance.now() + askEveryMs;
          void acceptedLines(port).then((count) => (lines = Math.max(lines, count)));
        }
        return lines >= corpus.lines;
      },
      () => `all ${corpus.lines} lines; it has accepted ${lines} and said: ${said}`,
      patienceMs,
    );
    return (performance.now() - start) / 1_000;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** 0 while it does not answer. */
async function acceptedLines(port: number): Promise<number> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    return Number(accepted.exec(await response.text())?.[1] ?? 0);
  } catch {
    return 0;
  }
}
