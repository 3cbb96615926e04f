import { resolve } from 'node:path';
import { fileStamp } from '../../net/file-stamp.ts';
import { readOptionFile } from '../../net/read-option-file.ts';
import { configError } from '../../util/problem.ts';

/** What is wrong with a token, without showing it; undefined if nothing is. */
export function tokenProblem(token: string): string | undefined {
  return /^[!-~]+$/.test(token) ? undefined : 'is no HEC token: it is empty or has a blank in it';
}

/** The token that requests show, from the configuration or from a file that may be replaced. */
export class HecToken {
  readonly #path: string | undefined;
  #stamp = '';
  #token: string;

  private constructor(token: string, path: string | undefined) {
    this.#token = token;
    this.#path = path;
  }

  /** A relative path starts at `directory`. Throws `ConfigError`, at `token_file`, if the file holds no token. */
  static async read(
    {
      token = '',
      token_file,
    }: { readonly token?: string | undefined; readonly token_file?: string | undefined },
    directory: string,
  ): Promise<HecToken> {
    const held = new HecToken(token, token_file && resolve(directory, token_file));
    await held.refresh();
    return held;
  }

  /** What was read last, as the `Authorization` header that HEC asks for. */
  get authorization(): string {
    return `Splunk ${this.#token}`;
  }

  /**
   * Reads the file again if it has changed; true if there is a new token then. Throws `ConfigError` if it holds none,
   * once for each change, and keeps the token.
   */
  async refresh(): Promise<boolean> {
    if (this.#path === undefined) return false;
    const stamp = await fileStamp(this.#path);
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    this.#token = await tokenOf(this.#path);
    return true;
  }
}

async function tokenOf(path: string): Promise<string> {
  const token = (await readOptionFile('token_file', path)).toString().trim();
  if (tokenProblem(token) === undefined) return token;
  throw configError('token_file', `"${path}" holds no HEC token; write one, and nothing else`);
}
