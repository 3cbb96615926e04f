import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import type { Delivered } from './otlp-json.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const isNotice = ({ attributes }: Delivered): boolean =>
  attributes['riskpipe.notice.kind'] === 'store_rebuilt';

/** JSON is YAML: the storage of a configuration gets one option more. */
function allowRebuild(config: string): void {
  const text = readFileSync(config, 'utf8');
  writeFileSync(config, text.replace('"file_storage":{', '"file_storage":{"on_corrupt":"rebuild",'));
}

/** Runs until nothing is left to do, and stops in order. */
async function runToTheEnd(workspace: Workspace, config: string, isDone: () => boolean): Promise<void> {
  const program = await workspace.run(config);
  await until(isDone, () => `the end; it said:\n${program.stderr}`);
  program.signal('SIGTERM');
  expect(await program.ended(), program.stderr).toBe(0);
}

/** Overwrites a part of the newest log of the store in `directory`. */
function damage(directory: string): void {
  const name =
    readdirSync(directory)
      .filter((found) => found.endsWith('.log'))
      .toSorted()
      .at(-1) ?? '';
  const bytes = readFileSync(join(directory, name));
  writeFileSync(join(directory, name), bytes.fill(0, 0, 100));
}

test('a damaged store is refused with exit code 4; with on_corrupt: rebuild all files are read again, and a notice says what is gone', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(6, Date.now()));
  writer.write(500);
  const all = (): boolean => backend.kept.size >= writer.expected.size;
  const config = workspace.configure(backend.endpoint);
  await runToTheEnd(workspace, config, all);
  damage(workspace.state);

  const refused = workspace.start(['--config', config]);
  expect(await refused.ended()).toBe(4);
  expect(refused.stderr).toMatch(/the store in .* is damaged: .*set "on_corrupt: rebuild"/);

  const before = backend.kept.size;
  writer.write(500);
  const other = workspace.configure(backend.endpoint, { receiver: { start_at: 'end' } });
  allowRebuild(other);
  await runToTheEnd(
    workspace,
    other,
    () => all() && backend.kept.size > before && backend.records.some(isNotice),
  );
  const records = backend.records.filter((record) => !isNotice(record));
  // Windows are counted from nothing again: what was found before the damage is found once more, with the same ids.
  expect(judge(writer.expected, records)).toEqual(flawless);
  expect(readdirSync(workspace.state).filter((name) => name.startsWith('corrupt-'))).toHaveLength(1);
});
