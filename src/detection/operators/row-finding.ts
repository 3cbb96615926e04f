import type { Time } from '../../record/time.ts';
import type { Finding } from '../finding.ts';
import type { Plan } from '../plan/plan.ts';
import type { Row } from './row.ts';

/** The finding of a plan that counts nothing: the row itself, without columns. */
export const rowFinding = (plan: Plan, row: Row, time: Time): Finding => ({
  plan,
  kind: 'first',
  time,
  window: undefined,
  late: false,
  columns: new Map(),
  count: 1,
  keys: [row.id],
  evidence: [row.id],
  context: row.context,
  resource: row.resource,
});
