interface Address {
  readonly bits: number;
  readonly value: bigint;
}

/** An IPv4 or IPv6 address as a number; undefined if the text is none. */
function addressOf(text: string): Address | undefined {
  return text.includes(':') ? sixOf(text) : fourOf(text);
}

function fourOf(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function sixOf(text: string): Address | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = groupsOf(head);
  const right = groupsOf(tail ?? '');
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => 0), ...right];
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n) };
}

/** Groups of 16 bits; the last two may be written as an IPv4 address. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const four = index === parts.length - 1 && part.includes('.') ? fourOf(part) : undefined;
    if (four !== undefined) groups.push(Number(four.value / 65_536n), Number(four.value % 65_536n));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

interface Network extends Address {
  readonly length: number;
}

function networkOf(text: string): Network | undefined {
  const [base = '', length = '', ...more] = text.split('/');
  const address = addressOf(base);
  if (address === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  return Number(length) > address.bits ? undefined : { ...address, length: Number(length) };
}

export const isNetwork = (text: string): boolean => networkOf(text) !== undefined;

/** Whether an address lies in a network of its own family (spec/spl.md §9). */
export function networkHolds(network: string, text: string): boolean {
  const net = networkOf(network);
  const address = addressOf(text);
  if (net === undefined || address?.bits !== net.bits) return false;
  const shift = BigInt(net.bits - net.length);
  return net.value >> shift === address.value >> shift;
}
