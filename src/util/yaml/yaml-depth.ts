import { Lexer } from 'yaml';

/** Deeper than any real file; reading YAML needs stack for every level. */
const maxFlow = 64;
const maxIndicators = 64;
const maxIndent = 100;

/**
 * The line (from 1) where `text` nests deeper than the YAML library could read without running out of stack, which
 * ends the process at worst; undefined if it is sane. Looks at tokens only and needs no stack itself.
 */
export function tooDeepAt(text: string): number | undefined {
  let line = 1;
  let flow = 0;
  let indicators = 0;
  let afterBreak = true;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (flow === 0 && (token === '-' || token === '?' || token === ':')) indicators++;
    else if (afterBreak && flow === 0 && token.startsWith(' ') && token.length > maxIndent) return line;
    if (flow > maxFlow || indicators > maxIndicators) return line;
    afterBreak = token.endsWith('\n');
    if (!token.includes('\n')) continue;
    indicators = 0;
    line += token.split('\n').length - 1;
  }
  return undefined;
}
