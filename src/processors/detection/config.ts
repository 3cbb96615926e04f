import { z } from 'zod';
import { duration } from '../../util/duration.ts';

const override = z.strictObject({
  disabled: z.boolean().default(false).describe('leave the detection out'),
  mode: z.enum(['streaming', 'scheduled']).optional().describe('for this detection alone'),
  score: z.number().min(0).max(100).optional().describe('the score of all its risk objects'),
  allowlists: z.array(z.string()).default([]).describe('ids of allowlists it obeys beside its own'),
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
  mode: z
    .enum(['streaming', 'scheduled'])
    .default('streaming')
    .describe('streaming: a finding leaves at its first match; scheduled: when its window closes'),
  overrides: z.record(z.string(), override).default({}).describe('changes to single detections, by their id'),
  cluster: z
    .string()
    .default('')
    .describe('name of the cluster, part of every record id, where the resource has no k8s.cluster.name'),
  idle_timeout: duration
    .prefault('1m')
    .describe('a stream that was silent for so long no longer holds back the others'),
});

export type DetectionConfig = z.output<typeof detectionSchema>;
