import { clusterOf } from '../../record/cluster.ts';
import { hashOf } from '../../record/hash.ts';
import type { Finding } from '../finding.ts';
import { windowText } from './window-text.ts';

/** The risk object that a record is about: its type, its value, and the column that it stands in. */
interface Subject {
  readonly type: string;
  readonly value: string;
  readonly field: string;
}

/**
 * `log.record.uid` of a record of `finding`: a hash of what it says, never of a clock, an arrival order or an attempt
 * number (design §8). `cluster` counts where the resource does not name its own.
 *
 * The column is part of it, as two columns may hold the same user with different scores. So are the keys: a late
 * finding has its line's id among them, or it would pass for the one that left in time (`Finding.keys`).
 */
export function recordUid(finding: Finding, cluster: string, subject?: Subject): string {
  const { plan, resource, window, keys, kind } = finding;
  return hashOf(
    clusterOf(resource, cluster),
    plan.id,
    window === undefined ? '' : windowText(window.start),
    ...keys,
    subject?.type ?? '',
    subject?.value ?? '',
    subject?.field ?? '',
    kind,
  );
}
