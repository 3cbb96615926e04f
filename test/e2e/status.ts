import { z } from 'zod';
import { riskpipe } from '../commands/riskpipe.ts';

const counts = z.record(z.string(), z.number());
const shape = z.object({
  state: z.enum(['running', 'stopped']),
  holds: z.boolean(),
  equations: z.array(z.object({ what: z.string(), total: z.number(), parts: counts, holds: z.boolean() })),
  exporters: z.record(z.string(), counts),
  files: z.record(z.string(), z.array(z.object({ path: z.string(), lag: z.number().nullable() }))),
  oldest: z.record(z.string(), z.object({ ageSeconds: z.number() })),
  process: z.object({ pid: z.number(), health: z.object({ status: z.string() }) }).optional(),
});

/** What `riskpipe status --format json` says, and the exit code it ends with. Throws if it says no status. */
export async function statusOf(
  config: string,
  directory: string,
): Promise<{ readonly exit: number | null; readonly status: z.infer<typeof shape> }> {
  const ran = await riskpipe(['status', '--config', config, '--format', 'json'], { directory });
  if (ran.stdout === '') throw new Error(`no status: ${ran.stderr}`);
  return { exit: ran.status, status: shape.parse(JSON.parse(ran.stdout)) };
}
