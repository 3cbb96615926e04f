const fixedBytes = 10;
const deflate = 8;
const flags = { headerCheck: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/**
 * How many bytes of `bytes` the header of a gzip member takes (RFC 1952 §2.3). `short`: its end is not there yet;
 * `foreign`: no member begins here.
 */
export function gzipHeaderLength(bytes: Uint8Array): number | 'short' | 'foreign' {
  const known = [0x1f, 0x8b, deflate];
  if (known.some((byte, index) => index < bytes.length && bytes[index] !== byte)) return 'foreign';
  if (bytes.length < fixedBytes) return 'short';
  const flag = bytes[3] ?? 0;
  if ((flag & flags.reserved) !== 0) return 'foreign';
  let end = fixedBytes;
  if ((flag & flags.extra) !== 0) end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
  for (const text of [flags.name, flags.comment]) {
    if ((flag & text) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero === -1) return 'short';
    end = zero + 1;
  }
  if ((flag & flags.headerCheck) !== 0) end += 2;
  return end <= bytes.length ? end : 'short';
}
