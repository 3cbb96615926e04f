import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Arrivals } from '../e2e/arrivals.ts';
import { AuditEvents } from '../e2e/audit-events.ts';
import { AuditWriter } from '../e2e/audit-writer.ts';
import { total } from '../e2e/report.ts';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { partsOf, writeCri } from '../receivers/file-log/container/container-log.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';

const kills = size('CONTAINER_KILLS', 100);
/** Most events of these tests need several parts. */
const partSize = 300;

const linesIn = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

faultTest(
  `K1: killed ${kills} times between the parts of an event that a container runtime wrote`,
  { timeoutMs: 60_000 + kills * 4_000 },
  async (verdict) => {
    const workspace = new Workspace();
    // Nobody follows what the writer writes: the log is made of it.
    mkdirSync(workspace.path('plain'));
    const writer = new AuditWriter(workspace.path('plain'), new AuditEvents(seed, Date.now()));
    const log = join(workspace.logs, 'audit.log');
    const backend = await workspace.backend();
    const arrivals = new Arrivals(writer, backend);
    const config = workspace.configure(backend.endpoint, {
      receiver: { operators: [{ type: 'container' }] },
    });
    let parts: readonly string[] = [];
    let taken = 0;
    for (; verdict.fired < kills; verdict.fired++) {
      const life = await workspace.run(config);
      writer.write(50);
      const { key } = writer.writeSuspicious();
      const last = writer.writeSuspicious();
      const lines = linesIn(writer.path).slice(taken);
      taken += lines.length;
      const written = [
        ...parts,
        ...lines.flatMap((text) => partsOf({ stream: 'stdout', text }, partSize, writeCri)),
      ];
      appendFileSync(log, written.slice(0, -1).join(''));
      parts = written.slice(-1);
      await until(
        () => arrivals.has(key),
        () => `${key}; it said:\n${life.stderr}`,
      );
      expect(arrivals.has(last.key)).toBe(false);
      life.signal('SIGKILL');
      expect(await life.ended()).toBe('SIGKILL');
    }
    const life = await workspace.run(config);
    appendFileSync(log, parts.join(''));
    await until(
      () => arrivals.complete,
      () => `all that was expected; it said:\n${life.stderr}`,
    );
    life.signal('SIGTERM');
    expect(await life.ended(), life.stderr).toBe(0);
    verdict.hold(writer.expected, backend);
    const { report } = await workspace.replay(config);
    verdict.account(report, writer.lines);
    expect(total(report, 'malformed')).toBe(0);
  },
);
