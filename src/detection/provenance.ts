import type { Resource } from '../record/record.ts';

/**
 * What events of a resource that does not say are taken to come from; an empty text is no field (spec/spl.md §9).
 * `timeField` names the field that holds the event time; empty: where events usually have it.
 */
export interface Provenance {
  readonly source: string;
  readonly sourcetype: string;
  readonly host: string;
  readonly index: string;
  readonly timeField: string;
}

/** What Splunk's own content for Kubernetes expects (spec/spl.md §1.7). */
export const defaultProvenance: Provenance = {
  source: 'kubernetes',
  sourcetype: '_json',
  host: '',
  index: 'main',
  timeField: '',
};

/** The attributes of a resource that say so, as the Collector's splunk_hec exporter maps them. */
export const provenanceAttributes = {
  source: 'com.splunk.source',
  sourcetype: 'com.splunk.sourcetype',
  host: 'host.name',
  index: 'com.splunk.index',
} as const;

export type ProvenanceField = keyof typeof provenanceAttributes;

/** Where events of `resource` come from, as Splunk calls it; undefined if nothing says so. */
export function provenanceOf(
  field: ProvenanceField,
  resource: Resource,
  otherwise: Provenance,
): string | undefined {
  const said = resource.attributes[provenanceAttributes[field]];
  return (typeof said === 'string' && said !== '' ? said : otherwise[field]) || undefined;
}
