import type { ListenerConfig } from '../../net/listener-config.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { Listening } from '../../util/listen.ts';

/** Tells `log` where `protocol` is spoken, and if everybody can reach it. */
export function sayWhere(
  protocol: string,
  { tls, auth, allow_unprotected }: ListenerConfig,
  { endpoint, exposed }: Listening,
  log: Logger,
): void {
  log.info(`listening for ${protocol}${tls === undefined ? '' : ' with TLS'} on ${endpoint}`);
  if (exposed && allow_unprotected && auth === undefined) {
    log.warn(`${endpoint} can be reached from other machines, and whoever reaches it can send records`);
  }
}
