import { assert } from '../../../util/assert.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { Expr } from '../../plan/expr.ts';
import type { Schedule, Transform } from '../../plan/transform.ts';
import type { WrittenSearch } from '../frontend.ts';
import type { SplunkContent } from './content.ts';
import { lowerSearch } from './lower/lower-search.ts';
import { scalarText } from './scalar-text.ts';
import { complainIn, type ComplainAt } from './spl/complaint.ts';
import type { Search } from './spl/ast.ts';
import { expandMacros } from './spl/expand-macros.ts';
import { parseSearch } from './spl/parse-search.ts';
import type { SourceText } from './spl/source-text.ts';

/** What a search does: which events it is about, and what becomes of them. */
export interface CompiledSearch {
  readonly where: Expr;
  readonly transform: Transform;
  readonly written: WrittenSearch;
}

/** Compiles the text under `search` of a file; undefined if there was an error, which `complain` was told of. */
export function compileSearch(
  file: YamlFile,
  schedule: Schedule,
  content: SplunkContent,
  complain: ComplainAt,
): CompiledSearch | undefined {
  const expanded = expandMacros(scalarText(file, ['search']), content.macros, complain);
  if (expanded === undefined) return undefined;
  const complainHere = complainIn(expanded, complain);
  const search = parseSearch(expanded, complainHere);
  if (search === undefined) return undefined;
  const { lookups, missingLookup } = content;
  const lowered = lowerSearch(search, { schedule, lookups, missingLookup }, complainHere);
  return lowered && { ...lowered, written: writtenSearch(expanded) };
}

function writtenSearch(expanded: SourceText): WrittenSearch {
  const tree = (): Search => {
    const search = parseSearch(expanded, () => undefined);
    assert(search, 'a search that was read once can be read again');
    return search;
  };
  return { expanded: expanded.text, tree };
}
