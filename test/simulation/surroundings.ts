import type { Dice } from '../bench/corpus/dice.ts';
import type { Effects } from './effects.ts';

/** What the modelled parts of a world have in common. */
export interface Surroundings {
  readonly effects: Effects;
  readonly dice: Dice;
  /** Waits for the turn of what is asked for: the order of things is somebody else's choice. */
  readonly gate: (what: string) => Promise<void>;
  /** The process ends here: nothing of it goes on. */
  readonly crash: () => Promise<never>;
}
