import type { Contest, Contestant, Unit } from './contest.ts';
import type { Rounds } from './statistics/ratios.ts';

/** The values of one figure, round by round. */
interface Series {
  readonly unit: Unit;
  readonly rounds: Rounds;
}

/** What the rounds of a contest brought. */
export interface Measured {
  /** By the name of the figure, in the order of first appearance. */
  readonly series: ReadonlyMap<string, Series>;
  /** What could not be measured, and why. */
  readonly failures: readonly string[];
}

/**
 * Measures everybody once a round, one after the other, each round beginning with another one: so that nobody always
 * comes first, and what slows the machine for a while slows all. Who fails is out of the remaining rounds.
 */
export async function runContest(
  { contestants }: Contest,
  rounds: number,
  say: (text: string) => void,
): Promise<Measured> {
  const series = new Map<string, { unit: Unit; rounds: (number | undefined)[] }>();
  const failures = new Map<Contestant, string>();
  for (let round = 0; round < rounds; round++) {
    for (const contestant of rotated(contestants, round)) {
      if (failures.has(contestant)) continue;
      say(`round ${round + 1} of ${rounds}: ${contestant.name}`);
      try {
        for (const { name, unit, value } of await contestant.run()) {
          const known = series.get(name) ?? { unit, rounds: [] };
          series.set(name, known);
          known.rounds[round] = value;
        }
      } catch (error) {
        failures.set(
          contestant,
          `${contestant.name}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
  return { series, failures: [...failures.values()] };
}

const rotated = <T>(list: readonly T[], by: number): readonly T[] => {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};
