import type { Span } from './ast.ts';
import type { SourceText, Written } from './source-text.ts';

/**
 * What is wrong with a search, by kind. `syntax`: the text cannot be read. `unsupported`: Splunk can, a stream or we cannot.
 */
export type ComplaintRule =
  | 'syntax'
  | 'unsupported-command'
  | 'unsupported-option'
  | 'unknown-command'
  | 'unknown-function'
  | 'argument-count'
  | 'bad-pattern'
  | 'bad-value'
  | 'unknown-macro'
  | 'macro-arguments'
  | 'macro-loop'
  | 'unknown-lookup'
  | 'too-large'
  | 'mode';

/** Something to say about a stretch of a search; an error refuses the detection. Lower case, no full stop. */
export interface Complaint {
  readonly severity: 'error' | 'warning';
  readonly rule: ComplaintRule;
  readonly span: Span;
  readonly message: string;
}

export type Complain = (complaint: Complaint) => void;

/** A complaint about a place in a file: while macros expand there is no one text yet that a span could lie in. */
export interface PlacedComplaint extends Omit<Complaint, 'span'> {
  readonly at: Written;
}

export type ComplainAt = (complaint: PlacedComplaint) => void;

/** Takes complaints about `source` and passes them on with the place that their span begins at. */
export const complainIn =
  (source: SourceText, complain: ComplainAt): Complain =>
  ({ span, ...complaint }) =>
    complain({ ...complaint, at: source.at(span.start) });
