import type { World } from './table.ts';
import type { Value } from './value.ts';

/** A function of `eval` whose arguments are values. */
export type NaiveFunction = (args: readonly Value[], world: World) => Value;
