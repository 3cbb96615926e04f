import type { AnswerPlan } from './backend.ts';

/** One request in twenty is refused, one in twenty is taken and its answer lost; all take a moment. */
export function flaky(random: () => number): AnswerPlan {
  return () => {
    const fate = random();
    const delayMs = Math.floor(random() * 20);
    if (fate < 0.05) return { status: 503, delayMs };
    return { status: 200, cut: fate < 0.1, delayMs };
  };
}
