/** Groups of 16 bits: two for IPv4, eight for IPv6. */
export type Address = readonly number[];

/** Addresses that share their first `prefix` bits with `address`. */
interface Network {
  readonly text: string;
  readonly address: Address;
  readonly prefix: number;
}

/**
 * A test of addresses against `cidr`, a network such as `10.0.0.0/8` or `2001:db8::/32`, or one address. Undefined
 * if it is neither.
 *
 * Only addresses of the same family pass: `::ffff:10.0.0.1` is an IPv6 address. The network's own text passes
 * (spec/spl.md §9). Bits behind the prefix are ignored.
 */
export function compileNetwork(cidr: string): ((text: string) => boolean) | undefined {
  const network = parseNetwork(cidr);
  if (network === undefined) return undefined;
  return (text) => {
    if (text === network.text) return true;
    const address = parseAddress(text);
    return address !== undefined && contains(network, address);
  };
}

/** A network, or one address as a network of its own; undefined if `text` is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [base = '', length, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (address === undefined || rest.length > 0) return undefined;
  const bits = address.length * 16;
  if (length === undefined) return { text, address, prefix: bits };
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined;
  return { text, address, prefix: Number(length) };
}

function contains({ address, prefix }: Network, other: Address): boolean {
  if (address.length !== other.length) return false;
  const begin = networkPart(other, prefix);
  return networkPart(address, prefix).every((group, index) => group === begin[index]);
}

/** `address` with the bits behind the first `prefix` set to zero. */
export const networkPart = (address: Address, prefix: number): Address =>
  address.map((group, index) => {
    const bits = Math.min(16, Math.max(0, prefix - index * 16));
    return group & (0xffff << (16 - bits));
  });

/** An address (RFC 4291 §2.2 for IPv6, without zone); undefined if `text` is none. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  return text.includes(':') ? parseVersion6(text) : parseVersion4(text);
}

function parseVersion4(text: string): Address | undefined {
  const parts = text.split('.');
  // A leading zero is octal to some readers: such a text is no address.
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  if (Math.max(a, b, c, d) > 255) return undefined;
  return [a * 256 + b, c * 256 + d];
}

function parseVersion6(text: string): Address | undefined {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  const [left, right] = sides.map((side, index) => parseGroups(side, index === sides.length - 1));
  if (left === undefined) return undefined;
  if (sides.length === 1) return left.length === 8 ? left : undefined;
  if (right === undefined || left.length + right.length > 7) return undefined;
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return [...left, ...zeros, ...right];
}

/** Groups between colons; the last of the address may be an IPv4 address. */
function parseGroups(side: string, last: boolean): number[] | undefined {
  if (side === '') return [];
  const groups: number[] = [];
  const parts = side.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = last && index === parts.length - 1 && part.includes('.');
    const read = embedded ? parseVersion4(part) : parseGroup(part);
    if (read === undefined) return undefined;
    groups.push(...read);
  }
  return groups;
}

const parseGroup = (part: string): number[] | undefined =>
  /^[\da-f]{1,4}$/i.test(part) ? [Number.parseInt(part, 16)] : undefined;
