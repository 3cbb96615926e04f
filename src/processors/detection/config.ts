import { z } from 'zod';
import { defaultProvenance } from '../../detection/provenance.ts';
import { byteSize } from '../../util/byte-size.ts';
import { duration } from '../../util/duration.ts';

const override = z.strictObject({
  disabled: z.boolean().default(false).describe('leave the detection out'),
  mode: z.enum(['streaming', 'scheduled']).optional().describe('for this detection alone'),
  score: z.number().min(0).max(100).optional().describe('the score of all its risk objects'),
  allowlists: z.array(z.string()).default([]).describe('ids of allowlists it obeys beside its own'),
});

const files = z.array(z.string().min(1)).default([]);

const macros = z.strictObject({
  files: files.describe('globs of files of search macros'),
  define: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('texts of macros, by name or name(argument,argument); they win over those of files'),
});

const geoip = z.strictObject({
  database: z.string().min(1).describe('a city database in the MaxMind DB format, for iplocation'),
});

// These are told of an event, they are not in it.
const inEvent = /^(?!(?:source|sourcetype|host|index|_time|_raw)$)/;

const { source, sourcetype, host, index, timeField } = defaultProvenance;

const splunk = z.strictObject({
  source: z.string().default(source).describe('source of events whose resource has no com.splunk.source'),
  sourcetype: z.string().default(sourcetype).describe('the same for com.splunk.sourcetype'),
  host: z.string().default(host).describe('the same for host.name; empty: no field'),
  index: z.string().default(index).describe('the same for com.splunk.index'),
  time_field: z
    .string()
    .regex(inEvent, 'is no field of an event; name one such as object.lastTimestamp')
    .default(timeField)
    .describe('the field that holds the event time, before those where it usually is'),
});

const above0 = z.number().positive();

const incidents = z.strictObject({
  risk_threshold: z
    .strictObject({
      window: duration.prefault('24h').describe('how long risk events add up'),
      score: above0.default(100).describe('the sum of scores that has to be exceeded'),
    })
    .optional()
    .describe('a risk object whose scores add up to more than a threshold'),
  tactic_threshold: z
    .strictObject({
      window: duration.prefault('7d').describe('how long risk events count'),
      tactics: above0.default(3).describe('different ATT&CK tactics, at least'),
      sources: above0.default(4).describe('different detections, at least'),
    })
    .optional()
    .describe('a risk object that several detections and tactics point at'),
});

/** Options of the `detection` processor. */
export const detectionSchema = z.strictObject({
  detections: z
    .array(z.string().min(1))
    .min(1)
    .describe('globs of detection files, relative to the configuration file'),
  allowlists: z
    .array(z.string().min(1))
    .default([])
    .describe('globs of allowlist files, relative to the configuration file'),
  macros: macros.prefault({}).describe("search macros of Splunk's content"),
  deployments: files.describe("globs of files of deployments: when searches run; none: Splunk's own"),
  lookups: files.describe('globs of definitions of lookups, with their CSV files beside them'),
  geoip: geoip.optional().describe('where addresses are; without it iplocation finds nothing'),
  splunk: splunk.prefault({}).describe('what events are for Splunk that do not say it themselves'),
  mode: z
    .enum(['streaming', 'scheduled'])
    .default('streaming')
    .describe('streaming: a finding leaves at its first match; scheduled: when its window closes'),
  overrides: z.record(z.string(), override).default({}).describe('changes to single detections, by their id'),
  scanner: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('auto: a scanner rules lines out, where WebAssembly has SIMD; off: every line is parsed'),
  incidents: incidents
    .prefault({})
    .describe('what makes risk events an incident; a rule that is not there is off'),
  cluster: z
    .string()
    .default('')
    .describe('name of the cluster, part of every record id, where the resource has no k8s.cluster.name'),
  max_state: byteSize
    .prefault('128MiB')
    .describe(
      'about how much memory all that the process remembers may take: beyond it a window counts further groups together, after its first hundred, and leaves further rows out',
    ),
  idle_timeout: duration
    .prefault('1m')
    .describe('a stream that was silent for so long no longer holds back the others'),
});

export type DetectionConfig = z.output<typeof detectionSchema>;
