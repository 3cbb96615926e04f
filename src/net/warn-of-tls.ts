import type { Log } from './log.ts';
import type { TlsConfig } from './tls-config.ts';

/** Options of TLS that do not do what one may think, as configured. */
export type DoubtfulTls = Pick<TlsConfig, 'insecure' | 'insecure_skip_verify'>;

/** Warns of them, where the endpoint says https. */
export function warnOfTls(tls: DoubtfulTls, log: Pick<Log, 'warn'>): void {
  if (tls.insecure) log.warn('tls.insecure has no effect: the endpoint says https');
  if (tls.insecure_skip_verify) {
    log.warn('tls.insecure_skip_verify: anyone can pose as the backend and read the records');
  }
}
