/** Where to listen. */
export interface HostAndPort {
  /** Empty: on all interfaces. */
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:4318`, `localhost:4318`, `[::1]:4318` or `:4318`; undefined if it is none. */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  const [, inBrackets, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s/]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return digits === undefined || port > 65_535 ? undefined : { host: inBrackets ?? plain ?? '', port };
}

/** True if only this machine can reach it. */
export function isLoopback({ host }: HostAndPort): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** A host as a URL and a `Host` header have it: an address of IPv6 in brackets. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
