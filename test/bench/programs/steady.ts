import { start } from '../../../src/commands/start.ts';
import { counters } from '../../../src/store/counter.ts';
import type { Pass } from '../lab/pass.ts';

/**
 * `steady CONFIG PASSES`: replays a configuration several times in one process, each time from the beginning, and
 * prints the passes as JSON. A pass begins when the receiver does and ends when the last record is delivered.
 */
const [config = '', passes = '1'] = process.argv.slice(2);

const made: Pass[] = [];
for (let pass = 0; pass < Number(passes); pass++) {
  // For configurations that keep something: each pass can have a folder of its own.
  process.env['RISKPIPE_BENCH_PASS'] = `${process.pid}-${pass}`;
  made.push(await replayOnce());
}
process.stdout.write(`${JSON.stringify(made)}\n`);

async function replayOnce(): Promise<Pass> {
  const started = await start({ config: [config], set: [] }, 'replay');
  if (typeof started === 'number') throw new Error(`cannot start: exit code ${started}`);
  const { service, log, since } = started;
  const cpu = process.cpuUsage();
  await Promise.race([service.caughtUp, service.failure]);
  await service.finish();
  const seconds = (performance.now() - since) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  let hits = 0;
  for (const id of service.graph.exporters.keys()) {
    hits += counters(service.store, id).get('records') ?? 0;
  }
  await service.stop();
  log.end();
  return { seconds, cpuSeconds: (user + system) / 1e6, hits };
}
