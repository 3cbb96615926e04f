import type { Time } from '../../record/time.ts';
import type { Plan } from '../plan/plan.ts';
import { rowFinding } from './row-finding.ts';
import type { Emit, RowConsumer } from './row-consumer.ts';
import type { Row } from './row.ts';
import type { Turn } from './turn.ts';

/** A plan that does nothing more: each row is a finding of its own. */
export class PlainRows implements RowConsumer {
  readonly keeper = undefined;
  readonly #plan: Plan;
  readonly #emit: Emit;

  constructor(plan: Plan, emit: Emit) {
    this.#plan = plan;
    this.#emit = emit;
  }

  push(row: Row, time: Time, turn: Turn): boolean {
    this.#emit(rowFinding(this.#plan, row, time), turn);
    return true;
  }
}
