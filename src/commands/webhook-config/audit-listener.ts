import { z } from 'zod';
import type { Config } from '../../service/config/config.ts';

const listening = z.object({
  endpoint: z.string(),
  path: z.string(),
  tls: z.object({ cert_file: z.string(), client_ca_file: z.string().optional() }).optional(),
  auth: z.object({ bearer_token_file: z.string() }).optional(),
});

/** A configured `kubernetes_audit` receiver, as far as those who send to it have to know it. */
export interface AuditListener extends z.output<typeof listening> {
  readonly id: string;
  /** Where relative paths of its files start. */
  readonly directory: string;
}

const type = 'kubernetes_audit';

/** The receiver of that id, or the only one. Throws an error that says which there are. */
export function auditListener({ receivers }: Pick<Config, 'receivers'>, name?: string): AuditListener {
  const found = [...receivers.values()].filter((receiver) => receiver.type === type);
  const chosen = name === undefined ? found : found.filter(({ id }) => id === name);
  const [only, ...more] = chosen;
  if (only === undefined || more.length > 0) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new Error(
      ids === ''
        ? `no pipeline has a ${type} receiver`
        : `name one of the ${type} receivers that are in a pipeline, with --name: ${ids}`,
    );
  }
  return { id: only.id, directory: only.directory, ...listening.parse(only.config) };
}
