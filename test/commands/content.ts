import { stringify } from 'yaml';

/** The text of a detection as Splunk publishes it, about `search`, the last key of the file. */
export const detectionWith = (search: string, given: Readonly<Record<string, unknown>> = {}): string =>
  `${stringify({
    name: 'A search',
    id: '6a8d1f7c-8f0e-4c8b-9f30-0c1f2b6b8b11',
    version: 1,
    date: '2026-04-12',
    author: 'Somebody',
    status: 'production',
    type: 'Anomaly',
    description: 'Finds what is looked for.',
    data_source: ['Kubernetes Audit'],
    rba: {
      message: '$user$ did it',
      risk_objects: [{ field: 'user', type: 'user', score: 30 }],
      threat_objects: [],
    },
    tags: { analytic_story: ['Kubernetes Security'], asset_type: 'Kubernetes', security_domain: 'audit' },
    ...given,
  })}search: |\n${search.replace(/^/gm, '  ')}\n`;

/** The text of a macro file. */
export const macroWith = (name: string, definition: string, args: readonly string[] = []): string =>
  stringify({ name, definition, description: 'For tests.', ...(args.length > 0 && { arguments: args }) });

/** A UUID that ends in a number, for several detections beside each other. */
export const uuid = (number: number): string => `6a8d1f7c-8f0e-4c8b-9f30-${String(number).padStart(12, '0')}`;
