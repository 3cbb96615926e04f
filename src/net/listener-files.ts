import { BearerTokens } from './bearer-tokens.ts';
import type { ListenerConfig } from './listener-config.ts';
import type { ServerOptions } from './listening-server.ts';
import { ServerTls } from './server-tls.ts';

export type ListenerFiles = Pick<ServerOptions, 'tls' | 'tokens'>;

/**
 * What a configured listener needs of files; relative paths start at `directory`. Throws `ConfigError` if a file of
 * TLS is of no use.
 */
export async function listenerFiles(
  { tls, auth }: ListenerConfig,
  directory: string,
): Promise<ListenerFiles> {
  return {
    tls: tls && (await ServerTls.read(tls, directory)),
    tokens: auth && new BearerTokens(auth.bearer_token_file, directory),
  };
}
