import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { couldNotStart } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';
import { apiserverFlags } from './webhook-config/apiserver-flags.ts';
import { auditListener } from './webhook-config/audit-listener.ts';
import { kubeconfigFor, type Places } from './webhook-config/kubeconfig.ts';

/** What is printed, and for which receiver; `name` may be left out if there is one. */
export interface WebhookOptions extends Places {
  readonly name?: string;
  /** Only the flags of the API server, one on each line. */
  readonly flags?: boolean;
}

/** Prints the kubeconfig by which a kube-apiserver finds a `kubernetes_audit` receiver, or the flags that go with it. */
export async function webhookConfig(options: ConfigOptions, wishes: WebhookOptions): Promise<ExitCode> {
  try {
    const listener = auditListener(await configOf(options), wishes.name);
    const text = wishes.flags === true ? apiserverFlags.join('\n') : await kubeconfigFor(listener, wishes);
    process.stdout.write(`${text.trimEnd()}\n`);
    return exitCode.done;
  } catch (error) {
    return couldNotStart(error, 'print the configuration of a webhook');
  }
}
