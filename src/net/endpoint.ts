/** What is wrong with the URL of a backend; undefined if nothing is. */
export function urlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return 'is no http or https URL; write one such as http://127.0.0.1:4318';
  }
  if (url.username !== '' || url.password !== '') {
    return 'has a name or password in it; send them as an "Authorization" header under "headers"';
  }
  return undefined;
}

/** What is wrong with the URL of a proxy; undefined if nothing is, or if it is empty, which is none. */
export function proxyProblem(text: string): string | undefined {
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:') return 'is no URL of an HTTP proxy; write one such as http://127.0.0.1:3128';
  if (url.username !== '' || url.password !== '') {
    return 'has a name or password in it, which is not supported; use a proxy that knows its clients by address';
  }
  return undefined;
}

/** The URL as messages may show it: a query may hold a token. */
export function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
