/** Where events go: `/services/collector` of the endpoint, unless that names a path (spec/collector.md §8.2). */
export function hecUrl(endpoint: string): string {
  const url = new URL(endpoint);
  if (url.pathname === '/') url.pathname = '/services/collector';
  return url.href;
}
