import { readFileSync } from 'node:fs';
import { recordsOfLines, type Delivered } from '../e2e/otlp-json.ts';
import type { Wishes, Workspace } from '../e2e/workspace.ts';

/** The workspace's log through our own `file` exporter: all that a record holds, with nobody in between. */
export async function replayed(workspace: Workspace, wishes: Wishes = {}): Promise<readonly Delivered[]> {
  const file = workspace.path('own.json');
  await workspace.replay(workspace.configure('', { file, storedIn: undefined, ...wishes }));
  return recordsOfLines(readFileSync(file, 'utf8'));
}

/** The records in an order of their own, without what differs between two runs. */
export const byUid = (records: readonly Delivered[]): readonly object[] =>
  records.map(({ observedTime, ...rest }) => rest).toSorted((one, other) => (one.uid < other.uid ? -1 : 1));
