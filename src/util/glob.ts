/** One character of a pattern: a literal text stands for itself, `any` for one character of any kind. */
type Piece = string | typeof any;
const any = Symbol('any character');

/**
 * A matcher of whole texts: `*` is any text, `?` one character (a code point), `\` takes the next one as it is.
 * `fold` lower-cases both sides (spec/spl.md §9).
 *
 * Never goes back further than one piece of the pattern between two stars: no pattern and no text makes it explode.
 */
export function compileGlob(pattern: string, fold: boolean): (text: string) => boolean {
  const [head = [], ...rest] = segments(fold ? pattern.toLowerCase() : pattern);
  const tail = rest.pop();
  return (given) => {
    const text = fold ? given.toLowerCase() : given;
    let at = matchForward(head, text, 0);
    if (at === undefined) return false;
    if (tail === undefined) return at === text.length;
    const end = matchBackward(tail, text);
    if (end === undefined) return false;
    for (const segment of rest) {
      at = find(segment, text, at);
      if (at === undefined) return false;
    }
    return at <= end;
  };
}

/** The pieces between the stars of a pattern; neighbouring literals are one piece. */
function segments(pattern: string): Piece[][] {
  let segment: Piece[] = [];
  const found = [segment];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index);
    if (char === '*') found.push((segment = []));
    else if (char === '?') segment.push(any);
    else {
      const literal = char === '\\' && index + 1 < pattern.length ? pattern.charAt(++index) : char;
      const last = segment.at(-1);
      if (typeof last === 'string') segment[segment.length - 1] = last + literal;
      else segment.push(literal);
    }
  }
  return found;
}

/** Where `segment` ends if it begins at `start`. */
function matchForward(segment: readonly Piece[], text: string, start: number): number | undefined {
  let at = start;
  for (const piece of segment) {
    if (piece === any) {
      if (at >= text.length) return undefined;
      at += width(text, at);
    } else {
      if (!text.startsWith(piece, at)) return undefined;
      at += piece.length;
    }
  }
  return at;
}

/** Where `segment` begins if it ends with the text. */
function matchBackward(segment: readonly Piece[], text: string): number | undefined {
  let at = text.length;
  for (const piece of segment.toReversed()) {
    if (piece === any) {
      if (at <= 0) return undefined;
      at -= at > 1 && width(text, at - 2) === 2 ? 2 : 1;
    } else {
      if (!text.endsWith(piece, at)) return undefined;
      at -= piece.length;
    }
  }
  return at;
}

/** Where the leftmost `segment` at or behind `start` ends. Leftmost is enough: a star takes up the rest. */
function find(segment: readonly Piece[], text: string, start: number): number | undefined {
  const [first] = segment;
  if (first === undefined) return start;
  for (let at = start; at <= text.length; at += width(text, at)) {
    if (typeof first === 'string') {
      at = text.indexOf(first, at);
      if (at === -1) return undefined;
    }
    const end = matchForward(segment, text, at);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** UTF-16 code units of the code point at `at`. */
const width = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
