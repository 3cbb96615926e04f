import type { Time } from '../../record/time.ts';
import type { Finding } from '../finding.ts';
import type { References } from '../reference.ts';
import type { Keeper } from './keeper.ts';
import type { Limits } from './limits.ts';
import type { Row } from './row.ts';
import type { Turn } from './turn.ts';

/** What operators are made with, beside their plan. */
export interface Around {
  /** Id of the component: owner of the state. */
  readonly component: string;
  readonly limits: Limits;
  readonly references: References;
}

/** Takes what a plan finds. */
export type Emit = (finding: Finding, turn: Turn) => void;

/** What a plan does with the rows that it chose. */
export interface RowConsumer {
  /** Undefined if it remembers nothing. */
  readonly keeper: Keeper | undefined;
  /** One row, of event time `time`. False if it counts nowhere. */
  push(row: Row, time: Time, turn: Turn): boolean;
  /** Any event at all came at `time`, chosen or not; called before `push`. Undefined where that makes no difference. */
  readonly see?: ((time: Time, turn: Turn) => void) | undefined;
}
