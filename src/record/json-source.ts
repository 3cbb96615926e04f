import { isAscii } from 'node:buffer';
import { structureOf, type JsonStructure } from './json-structure.ts';

/** A valid JSON text, and where things end in it. */
export class JsonSource {
  /** A code unit each: of the text, or if that came as bytes, of these, whatever characters they are parts of. */
  readonly units: string;
  readonly structure: JsonStructure;
  /** A backslash stands somewhere in it. */
  readonly hasEscapes: boolean;
  readonly #isEncoded: boolean;

  private constructor(units: string, structure: JsonStructure, isEncoded: boolean) {
    this.units = units;
    this.structure = structure;
    this.hasEscapes = units.includes('\\');
    this.#isEncoded = isEncoded;
  }

  /** Undefined if `json` is not valid. */
  static of(json: string | Uint8Array): JsonSource | undefined {
    const isText = typeof json === 'string';
    const structure = structureOf(isText ? asciiUnitsOf(json) : json);
    if (structure === undefined) return undefined;
    if (isText) return new JsonSource(json, structure, false);
    const { buffer, byteOffset, length } = json;
    // One character makes V8 keep a text of a megabyte in two bytes each: only what is asked for is decoded.
    const units = Buffer.from(buffer, byteOffset, length).toString('latin1');
    return new JsonSource(units, structure, !isAscii(json));
  }

  /** The text from one offset to another; what was no UTF-8 is U+FFFD. */
  slice(from: number, to: number): string {
    const units = this.units.slice(from, to);
    // Latin-1 letters are two bytes each.
    if (!this.#isEncoded || Buffer.byteLength(units) === units.length) return units;
    return Buffer.from(units, 'latin1').toString();
  }
}

/** As `structureOf` wants them. */
function asciiUnitsOf(text: string): Uint8Array {
  const units = Buffer.from(text, 'latin1');
  // Mostly a text has no character beyond Latin-1, and each is its own byte.
  if (units.toString('latin1') === text) return units;
  for (let at = 0; at < text.length; at++) units[at] = Math.min(text.charCodeAt(at), 128);
  return units;
}
