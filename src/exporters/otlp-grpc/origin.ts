import { parseHostAndPort } from '../../util/host-and-port.ts';

/**
 * Where the Collector's `endpoint` points to, as `http://host:port` or `https://host:port`: a scheme decides whether
 * TLS is spoken, without one `insecure` does (spec/collector.md §4.4). Undefined if it is no endpoint.
 */
export function originOf(endpoint: string, insecure: boolean): string | undefined {
  const [, scheme, rest = ''] = /^(?:(https?):\/\/)?([^/?#@]+)\/?$/i.exec(endpoint) ?? [];
  const address = parseHostAndPort(rest);
  if (address === undefined || address.host === '' || address.port === 0) return undefined;
  return `${scheme?.toLowerCase() ?? (insecure ? 'http' : 'https')}://${rest}`;
}
