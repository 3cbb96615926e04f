import type { Schedule } from '../../plan/transform.ts';
import type { MacroTable } from './spl/macro.ts';

/** What detections of Splunk's content refer to (spec/spl.md §4). */
export interface SplunkContent {
  readonly macros: MacroTable;
  readonly deployments: ReadonlyMap<DetectionType, Deployment>;
  readonly lookups: ReadonlyMap<string, LookupDefinition>;
  /** A lookup that is not there: an error in a pipeline, a warning where only the search is checked. */
  readonly missingLookup: 'error' | 'warning';
}

export type DetectionType = 'TTP' | 'Anomaly' | 'Hunting' | 'Correlation';

/** When detections of a type run, and what becomes of their results. */
export interface Deployment {
  readonly schedule: Schedule;
  /** False: what is found is a finding, no risk. */
  readonly risk: boolean;
}

/** A lookup table as its definition file has it (spec/spl.md §3.7, §4.2). */
export interface LookupDefinition {
  readonly name: string;
  /** Of the definition, for messages. */
  readonly file: string;
  /** Of the table, absolute. */
  readonly csv: string;
  /** How a field of the table is compared; `exact` where nothing is said. */
  readonly matchTypes: ReadonlyMap<string, 'wildcard' | 'cidr' | 'exact'>;
  readonly caseSensitive: boolean;
  readonly defaultMatch: string | undefined;
  readonly minMatches: number;
  readonly maxMatches: number;
}
