/** `/v1/logs` behind the base URL, one trailing slash tolerated (spec/collector.md §4.4). */
export function logsUrl(base: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/logs`;
  return url.href;
}
