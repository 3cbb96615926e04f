import type { Problem } from '../../util/problem.ts';
import type { AllowEntry, Mode, Plan } from '../plan/plan.ts';
import type { SplunkContent } from './splunk/content.ts';
import type { Search } from './splunk/spl/ast.ts';

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
  /** Files of events that its author tested it with; they are not in its file. */
  readonly attackData?: readonly AttackData[];
  /** The search that it was written as, for people who want to see how it was read; undefined if it was none. */
  readonly search?: WrittenSearch;
}

/** A search as it was read. */
export interface WrittenSearch {
  /** Its text without comments, and with the text of its macros instead of their calls. */
  readonly expanded: string;
  /** Reads it anew: the tree is several times as large as the plan, and few ask for it. */
  readonly tree: () => Search;
}

/** Events that a published detection was tested with: it finds something in them. */
export interface AttackData {
  readonly name: string;
  readonly files: readonly {
    /** URL or path. */
    readonly data: string;
    readonly source: string;
    readonly sourcetype: string;
  }[];
}

/** What a detection file may refer to, and what the configuration says about it. */
export interface Surroundings {
  /** Allowlists by id. */
  readonly allowlists: ReadonlyMap<string, readonly AllowEntry[]>;
  /** Of detections of which neither their file nor the configuration says anything. */
  readonly mode: Mode;
  /** What the configuration says of a detection, by its id: how it is to run. */
  readonly modeOf: (id: string) => Mode;
  readonly splunk: SplunkContent;
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
  /** The id of the detection in a file that it accepts, also where the detection cannot be compiled. */
  idOf(file: DetectionFile): string | undefined;
  compile(
    file: DetectionFile,
    around: Surroundings,
  ): { readonly detections: readonly Detection[]; readonly problems: readonly Problem[] };
}
