import { writeFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * Writes a small database of places in the MaxMind DB format (specification 2.0) with the records of a city database:
 * what `iplocation` is tested with.
 *
 *   node scripts/make-places.mjs FILE
 */

/** @typedef {string | number | readonly Value[] | { readonly [key: string]: Value }} Value */
/** @typedef {{ readonly address: readonly number[], readonly prefix: number, readonly place: Value }} Network */
/** @typedef {[Branch | undefined, Branch | undefined]} Node */
/** @typedef {Node | { readonly place: Value }} Branch */

/**
 * A name in English, as such databases have it.
 * @param {string} en
 * @returns {Value}
 */
const named = (en) => ({ names: { en } });

/** @type {readonly Network[]} */
const examples = [
  {
    address: [34, 0, 0, 0],
    prefix: 8,
    place: {
      city: named('Amsterdam'),
      continent: named('Europe'),
      country: named('Netherlands'),
      subdivisions: [named('North Holland')],
      location: { latitude: 52.374, longitude: 4.8897, time_zone: 'Europe/Amsterdam' },
    },
  },
  {
    address: [8, 8, 0, 0],
    prefix: 16,
    place: {
      city: named('Mountain View'),
      continent: named('North America'),
      country: named('United States'),
      subdivisions: [named('California')],
      location: {
        latitude: 37.4056,
        longitude: -122.0775,
        metro_code: 807,
        time_zone: 'America/Los_Angeles',
      },
    },
  },
  { address: [1, 1, 1, 0], prefix: 24, place: { country: named('Australia') } },
  {
    address: [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    prefix: 32,
    place: { city: named('Nowhere'), country: named('Documentation') },
  },
];

/**
 * The database, as bytes. Of networks inside each other the smaller one counts. Numbers that are no integers from 0 to
 * 2^32 - 1 are stored as doubles.
 * @param {readonly Network[]} [networks] IPv4 addresses of 4 bytes, IPv6 addresses of 16
 * @param {{ readonly version?: 4 | 6, readonly recordSize?: 24 | 28 | 32 }} [options] `version`: 4 takes no IPv6 network
 * @returns {Buffer}
 */
export function makePlaces(networks = examples, { version = 6, recordSize = 24 } = {}) {
  const root = treeOf(networks, version);
  const nodes = nodesOf(root);
  /** @type {Map<Branch, number>} */
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  /** @type {Map<Value, number>} */
  const offsets = new Map();
  /** @type {Buffer[]} */
  const data = [];
  let size = 0;
  /** @param {Branch | undefined} branch */
  const record = (branch) => {
    if (branch === undefined) return nodes.length;
    if (Array.isArray(branch)) return numbers.get(branch) ?? 0;
    const { place } = /** @type {{ place: Value }} */ (branch);
    let offset = offsets.get(place);
    if (offset === undefined) {
      offset = size;
      offsets.set(place, offset);
      const bytes = encode(place);
      data.push(bytes);
      size += bytes.length;
    }
    return nodes.length + 16 + offset;
  };
  const tree = nodes.map(([left, right]) => nodeBytes(record(left), record(right), recordSize));
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_776_000_000,
    database_type: 'riskpipe-Example-City',
    description: { en: 'Example places for tests' },
    ip_version: version,
    languages: ['en'],
    node_count: nodes.length,
    record_size: recordSize,
  });
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, marker, metadata]);
}

/**
 * @param {readonly Network[]} networks
 * @param {4 | 6} version
 * @returns {Node}
 */
function treeOf(networks, version) {
  /** @type {Node} */
  const root = [undefined, undefined];
  const bySize = networks.toSorted((a, b) => a.prefix - b.prefix);
  for (const { address, prefix, place } of bySize) {
    // An IPv6 tree holds the IPv4 addresses below ::/96.
    const above = version === 6 && address.length === 4 ? 96 : 0;
    insert(root, [...Array(above / 8).fill(0), ...address], above + prefix, { place });
  }
  return root;
}

/**
 * @param {Node} root
 * @param {readonly number[]} address
 * @param {number} length in bits, at least 1
 * @param {Branch} leaf
 */
function insert(root, address, length, leaf) {
  let node = root;
  for (let depth = 0; ; depth++) {
    const bit = ((address[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
    if (depth === length - 1) {
      node[bit] = leaf;
      return;
    }
    const below = node[bit];
    if (Array.isArray(below)) node = below;
    else {
      /** @type {Node} */
      const split = [below, below];
      node[bit] = split;
      node = split;
    }
  }
}

/**
 * All nodes, the root first.
 * @param {Node} root
 * @returns {readonly Node[]}
 */
function nodesOf(root) {
  const nodes = [root];
  for (const node of nodes) nodes.push(...node.filter((branch) => Array.isArray(branch)));
  return nodes;
}

/**
 * @param {number} left
 * @param {number} right
 * @param {24 | 28 | 32} recordSize
 */
function nodeBytes(left, right, recordSize) {
  const bytes = Buffer.alloc(recordSize / 4);
  if (recordSize === 32) {
    bytes.writeUInt32BE(left, 0);
    bytes.writeUInt32BE(right, 4);
    return bytes;
  }
  bytes.writeUIntBE(left & 0xffffff, 0, 3);
  bytes.writeUIntBE(right & 0xffffff, bytes.length - 3, 3);
  if (recordSize === 28) bytes[3] = ((left >>> 24) << 4) | (right >>> 24);
  return bytes;
}

/**
 * @param {Value} value
 * @returns {Buffer}
 */
function encode(value) {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(2, bytes.length), bytes]);
  }
  if (typeof value === 'number') return encodeNumber(value);
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flat().map(encode)]);
}

/** @param {number} value */
function encodeNumber(value) {
  const bytes = Buffer.alloc(8);
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) {
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes.subarray(0, 4)]);
  }
  bytes.writeDoubleBE(value);
  return Buffer.concat([control(3, 8), bytes]);
}

/**
 * The bytes that say what follows; types above 7 have one of their own.
 * @param {number} type
 * @param {number} size below 285
 */
function control(type, size) {
  const first = (type > 7 ? 0 : type << 5) | Math.min(size, 29);
  return Buffer.from([first, ...(type > 7 ? [type - 7] : []), ...(size < 29 ? [] : [size - 29])]);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = argv;
  if (file === undefined) throw new Error('usage: node scripts/make-places.mjs FILE');
  writeFileSync(file, makePlaces());
  stdout.write(`${file}: ${examples.length} networks\n`);
}
