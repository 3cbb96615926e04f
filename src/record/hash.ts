import { createHash } from 'node:crypto';

/**
 * 128 bits of SHA-256 over the parts, in hexadecimal. Each part is preceded by
 * its length, so that no two lists of parts hash the same text.
 */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}
