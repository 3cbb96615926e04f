import type { Path } from './path.ts';

/** What is printed for a value that may not be. The same word as the Collector's. */
export const redacted = '[REDACTED]';

const secretKey =
  /token|passw(?:or)?d|passphrase|secret|api[_-]?key|private[_-]?key|key_pem|authorization|credential/i;

/** Whether a text or number at `path` may not be shown: below `headers`, or named like a secret. */
export function isSecret(path: Path): boolean {
  if (path.includes('headers')) return true;
  const name = path.findLast((part) => typeof part === 'string');
  return name !== undefined && secretKey.test(name);
}

/** `text` with user and password, values of the query and the fragment masked in every URL. */
export function redactUrl(text: string): string {
  return text.replace(/:\/\/[^\s"]*/g, (url) =>
    url
      .replace(/:\/\/[^/?#]*@/g, `://${redacted}@`)
      .replace(/#.+/, `#${redacted}`)
      .replace(/\?[^#]+/, (query) => query.replace(/([?&][^=&]*=|[?&])[^&]+/g, `$1${redacted}`)),
  );
}

/** A plain value as it may be printed: secrets, and those in URLs, masked, whatever is below `path`. */
export function redact(value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((item, index) => redact(item, [...path, index]));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, redact(item, [...path, key])]),
    );
  }
  if (value === null || typeof value === 'boolean' || value === '') return value;
  if (isSecret(path)) return redacted;
  return typeof value === 'string' ? redactUrl(value) : value;
}

/** Whether `text` shows a secret that lies in `value`, which is at `path`. */
export function leaks(text: string, value: unknown, path: Path): boolean {
  if (Array.isArray(value)) return value.some((item, index) => leaks(text, item, [...path, index]));
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).some(([key, item]) => leaks(text, item, [...path, key]));
  }
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '' || !isSecret(path))
    return false;
  const shown = String(value);
  return text.includes(shown) || text.includes(JSON.stringify(shown).slice(1, -1));
}
