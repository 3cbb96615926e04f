import { z } from 'zod';
import { isLoopback, parseHostAndPort } from '../util/host-and-port.ts';
import { serverTlsConfig } from './server-tls.ts';

/** What a component that listens is configured with. */
export interface ListenerConfig {
  readonly endpoint: string;
  readonly tls?: z.output<typeof serverTlsConfig> | undefined;
  readonly auth?: { readonly bearer_token_file: string } | undefined;
  readonly allow_unprotected: boolean;
}

/** The options of a listener, for a strict object of which they are a part; `endpoint` is the default one. */
export const listenerOptions = (endpoint: string) => ({
  endpoint: z
    .string()
    .default(endpoint)
    .refine((text) => parseHostAndPort(text) !== undefined, {
      error: `is no address; write a host and a port, such as ${endpoint}`,
    })
    .describe('Host and port to listen on. Without a host, all interfaces.'),
  tls: serverTlsConfig
    .optional()
    .describe('Speak TLS, with these files; they are read again when they change.'),
  auth: z
    .strictObject({
      bearer_token_file: z
        .string()
        .min(1)
        .describe('A file with one token on each line; it is read again when it changes.'),
    })
    .optional()
    .describe('Take requests only from senders that show a token.'),
  allow_unprotected: z
    .boolean()
    .default(false)
    .describe('Listen beyond this machine without TLS, or without knowing who sends.'),
});

/** Refuses to be reached from other machines without protection (spec/reliability.md H18, H19), at `endpoint`. */
export function protectedListener(config: ListenerConfig, context: z.RefinementCtx): void {
  const message = exposureProblem(config);
  if (message !== undefined) context.addIssue({ code: 'custom', path: ['endpoint'], message });
}

function exposureProblem({ endpoint, tls, auth, allow_unprotected }: ListenerConfig): string | undefined {
  const address = parseHostAndPort(endpoint);
  if (address === undefined || isLoopback(address) || allow_unprotected) return undefined;
  const missing: string[] = [];
  if (tls === undefined) missing.push('"tls", so that nobody reads along');
  if (auth === undefined && tls?.client_ca_file === undefined) {
    missing.push('"auth" or "tls.client_ca_file", so that not everybody can send');
  }
  if (missing.length === 0) return undefined;
  return `can be reached from other machines and needs ${missing.join(', and ')}; listen on 127.0.0.1, or write "allow_unprotected: true" if something else protects it`;
}
