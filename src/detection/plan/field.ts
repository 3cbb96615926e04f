/**
 * A field of an event, by the name that Splunk's flattening gives it (design §5): `a.b`, `annotations.k8s.io/x`.
 * The name is matched against the event while walking it, never split at dots: keys that hold dots need no escape.
 *
 * `arrays: 'marked'`: an element of an array is `a{}`, and JSON null is the text `null` (Splunk).
 * `arrays: 'hidden'`: arrays are walked through unseen, `sourceIPs` names every element, and null is no value (native).
 */
export interface FieldRef {
  readonly name: string;
  readonly arrays: 'marked' | 'hidden';
}
