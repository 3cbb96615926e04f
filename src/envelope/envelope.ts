import type { Json, JsonObject } from '../record/json.ts';

/** One thing in an envelope. */
export type Content =
  /** An audit event, or what stands where one should: whether it is one is judged where lines are. */
  | { readonly kind: 'event'; readonly text: string }
  /** Further documents, in base64 and perhaps packed by gzip. */
  | { readonly kind: 'packed'; readonly base64: string }
  /** What should hold an event and does not. `reason` is a clause, and quotes nothing that a sender wrote. */
  | { readonly kind: 'broken'; readonly reason: string };

/** A shape of document that a service delivers audit events in (spec/k8s-audit.md §5, §9). */
export interface Envelope {
  /** True if a document has the shape; what is in it may be broken all the same. */
  accepts(document: JsonObject): boolean;
  /** What is in it, in order, without what belongs to other logs than the audit log. Never throws. */
  open(document: JsonObject): Iterable<Content>;
}

export const event = (text: string): Content => ({ kind: 'event', text });

export const broken = (reason: string): Content => ({ kind: 'broken', reason });

/** What is in base64 at `value`; broken, with the reason, if that is no text. */
export const packed = (value: Json | undefined, reason: string): Content =>
  typeof value === 'string' ? { kind: 'packed', base64: value } : broken(reason);
