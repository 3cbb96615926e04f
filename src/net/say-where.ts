import type { Listening } from '../util/listen.ts';
import type { ListenerConfig } from './listener-config.ts';
import type { Log } from './log.ts';

/** Tells `log` where `what` is listened for, and if everybody can reach it, who could send `sent`. */
export function sayWhere(
  { what, sent }: { readonly what: string; readonly sent: string },
  { tls, auth, allow_unprotected }: ListenerConfig,
  { endpoint, exposed }: Listening,
  log: Log,
): void {
  log.info(`listening for ${what}${tls === undefined ? '' : ' with TLS'} on ${endpoint}`);
  if (exposed && allow_unprotected && auth === undefined) {
    log.warn(`${endpoint} can be reached from other machines, and whoever reaches it can send ${sent}`);
  }
}
