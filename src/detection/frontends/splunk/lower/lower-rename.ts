import { hasWildcard } from '../../../plan/wildcard-name.ts';
import type { Stage } from '../../../plan/transform.ts';
import type { Command } from '../spl/ast.ts';
import type { Lowering } from './lowering.ts';

/** `rename` (spec/spl.md §3.4): as many wildcards on both sides; a field gets one name. */
export function lowerRename(
  command: Extract<Command, { readonly name: 'rename' }>,
  lowering: Lowering,
): readonly Stage[] {
  const renamed = new Map<string, string>();
  for (const { from, to } of command.pairs) {
    if (stars(from.text) !== stars(to.text)) {
      const message = `"${from.text}" and "${to.text}" have different numbers of wildcards; write as many on both sides`;
      lowering.error('bad-value', to, message);
    }
    const other = renamed.get(from.text);
    if (other !== undefined && other !== to.text) {
      lowering.error(
        'bad-value',
        from,
        `"${from.text}" is renamed to "${other}" already; Splunk takes one name`,
      );
    }
    if (hasWildcard(from.text) && /\*\*/.test(`${from.text} ${to.text}`)) {
      lowering.error('bad-value', from, 'two wildcards side by side take up the same text; write one');
    }
    renamed.set(from.text, to.text);
  }
  return [{ kind: 'rename', pairs: command.pairs.map(({ from, to }) => ({ from: from.text, to: to.text })) }];
}

const stars = (name: string): number => name.split('*').length - 1;
