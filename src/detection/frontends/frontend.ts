import type { Problem } from '../../util/problem.ts';
import type { AllowEntry, Mode, Plan } from '../plan/plan.ts';

export interface DetectionFile {
  /** As a person would name it: relative to the working directory if it lies below. */
  readonly path: string;
  readonly text: string;
}

/** What a detection's author says it finds in given events. */
export interface DetectionTest {
  readonly name: string;
  /** Each one event, as JSON text. */
  readonly events: readonly string[];
  /** One entry a finding, in any order: columns it must have, and their values. Empty: nothing may be found. */
  readonly expect: readonly Readonly<Record<string, readonly string[]>>[];
  readonly line: number;
}

/** A compiled detection. */
export interface Detection {
  readonly plan: Plan;
  readonly tests: readonly DetectionTest[];
}

/** What a detection file may refer to, and what the configuration says about it. */
export interface Surroundings {
  /** Allowlists by id. */
  readonly allowlists: ReadonlyMap<string, readonly AllowEntry[]>;
  readonly mode: Mode;
}

/**
 * A language detections are written in.
 *
 * `compile` is pure and total: bad input comes back as problems, and a detection with an error is left out whole.
 * It never weakens a detection to make it fit.
 */
export interface Frontend {
  readonly name: string;
  accepts(file: DetectionFile): boolean;
  compile(
    file: DetectionFile,
    around: Surroundings,
  ): { readonly detections: readonly Detection[]; readonly problems: readonly Problem[] };
}
