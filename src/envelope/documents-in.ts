import { containerEnd } from '../record/json-ends.ts';

const [lineFeed, carriageReturn, tab, space] = [10, 13, 9, 32];
const [comma, openList, closeList, openObject] = [44, 91, 93, 123];

/**
 * The documents in `bytes`: JSON objects behind each other, with blanks, line ends, commas or nothing between them
 * (spec/k8s-audit.md §9: Firehose puts them together so), or in a list. What is no object is a document up to the
 * next comma or line end; behind an object without an end each line is one. Takes no longer than the bytes are long.
 */
export function* documentsIn(bytes: Buffer): Generator<Buffer, void> {
  let isCut = false;
  for (let at = behindSeparators(bytes, 0); at < bytes.length; at = behindSeparators(bytes, at)) {
    let end = isCut ? lineEnd(bytes, at) : documentEnd(bytes, at);
    if (end > bytes.length) {
      isCut = true;
      end = lineEnd(bytes, at);
    }
    yield bytes.subarray(at, end);
    at = end;
  }
}

function documentEnd(bytes: Buffer, from: number): number {
  if (bytes[from] === openObject) return containerEnd(bytes, from);
  let at = from;
  while (at < bytes.length && bytes[at] !== comma && bytes[at] !== lineFeed) at++;
  return at;
}

function lineEnd(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(lineFeed, from);
  return found === -1 ? bytes.length : found;
}

function behindSeparators(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && isSeparator(bytes[at])) at++;
  return at;
}

const isSeparator = (byte: number | undefined): boolean =>
  byte === space ||
  byte === lineFeed ||
  byte === carriageReturn ||
  byte === tab ||
  byte === comma ||
  byte === openList ||
  byte === closeList;
