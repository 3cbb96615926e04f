import { z } from 'zod';

const anything = z.looseObject({}).nullish();

/** What a deployment says of schedule and actions (spec/spl.md §4.2); a detection may say it for itself. */
export const deploymentFields = {
  scheduling: z.strictObject({
    cron_schedule: z.string(),
    earliest_time: z.string(),
    latest_time: z.string(),
    schedule_window: z.union([z.string(), z.number()], { error: 'must be a text or a number' }).optional(),
  }),
  alert_action: z
    .strictObject({
      rba: z.strictObject({ enabled: z.boolean() }).nullish(),
      notable: anything,
      email: anything,
      slack: anything,
      phantom: anything,
    })
    .nullish(),
};

/** A deployment that a detection has for itself. */
export const inlineDeployment = z.strictObject(deploymentFields);

export type DeploymentSource = z.infer<typeof inlineDeployment>;
