import { createHash, hash } from 'node:crypto';

/** Parts up to this size are hashed at once, which is much faster than piece by piece. */
const mostAtOnce = 65_536;
const room = Buffer.allocUnsafeSlow(mostAtOnce + 16);

/**
 * 128 bits of SHA-256 over the parts, in hexadecimal. Each part is preceded by
 * its length, so that no two lists of parts hash the same text.
 */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const digest = hashedAtOnce(parts) ?? hashedInPieces(parts);
  return digest.slice(0, 32);
}

/** Undefined if it is not for such parts. */
function hashedAtOnce(parts: readonly (string | Uint8Array)[]): string | undefined {
  let text = '';
  for (const part of parts) {
    if (typeof part !== 'string') return parts.length === 1 ? hashedBytes(part) : undefined;
    text += `${part.length}:${part}`;
  }
  // A length is one in bytes: that of the whole says whether those of the parts are.
  if (text.length > mostAtOnce || Buffer.byteLength(text) !== text.length) return undefined;
  return hash('sha256', text);
}

function hashedBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length > mostAtOnce) return undefined;
  const start = room.write(`${bytes.length}:`, 'latin1');
  room.set(bytes, start);
  return hash('sha256', room.subarray(0, start + bytes.length));
}

function hashedInPieces(parts: readonly (string | Uint8Array)[]): string {
  const pieces = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    pieces.update(`${bytes.length}:`).update(bytes);
  }
  return pieces.digest('hex');
}
