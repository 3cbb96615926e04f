/** One test on a field of an audit event, in words that every engine in the benchmark has. Missing fields fail all but the negation. */
export interface FieldTest {
  readonly field: AuditField;
  readonly test: 'equals' | 'starts_with' | 'not_starts_with' | 'contains' | 'at_least';
  readonly value: string | number;
}

/** The nine fields that the benchmark's detections look at. */
export type AuditField =
  | 'verb'
  | 'objectRef.resource'
  | 'objectRef.subresource'
  | 'objectRef.namespace'
  | 'objectRef.name'
  | 'user.username'
  | 'userAgent'
  | 'responseStatus.code'
  | 'requestURI';

/** Holds if all tests do. */
export interface FieldDetection {
  readonly id: string;
  readonly tests: readonly FieldTest[];
}
