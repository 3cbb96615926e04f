import type { Stage } from '../../../plan/transform.ts';
import type { Command } from '../spl/ast.ts';
import { call, column, text } from './calc-parts.ts';
import type { Lowering } from './lowering.ts';
import { re2Pattern } from './re2-pattern.ts';
import { sedExpression } from './sed-expression.ts';

type Rex = Extract<Command, { readonly name: 'rex' }>;

/** `rex` (spec/spl.md §3.5): of `_raw` if it names no field, one match if it says no number. */
export function lowerRex(command: Rex, lowering: Lowering): readonly Stage[] {
  const from = command.field === undefined ? '_raw' : lowering.name(command.field);
  if (command.mode === 'sed') return lowerSed(command, from, lowering);
  const { pattern, maxMatch = 1 } = command;
  const checked = re2Pattern(pattern.text);
  if ('problem' in checked) {
    lowering.error('bad-pattern', pattern, checked.problem);
    return [];
  }
  const [name] = checked.groups;
  if (name === undefined) {
    lowering.error(
      'bad-pattern',
      pattern,
      'the pattern extracts nothing; name a group, as in "(?<name>...)"',
    );
  }
  if (checked.groups.some((group) => /^_(?:KEY|VAL)_/.test(group))) {
    lowering.error('bad-pattern', pattern, 'groups that name fields ("_KEY_1", "_VAL_1") are not supported');
  }
  return [
    {
      kind: 'extract',
      column: from,
      pattern: checked.pattern,
      matches: maxMatch === 0 ? undefined : maxMatch,
    },
  ];
}

function lowerSed({ pattern, maxMatch }: Rex, from: string, lowering: Lowering): readonly Stage[] {
  if (maxMatch !== undefined) {
    lowering.error(
      'unsupported-option',
      pattern,
      '"max_match" says nothing beside "mode=sed"; use "g" or a number',
    );
  }
  const sed = sedExpression(pattern.text);
  if ('problem' in sed) {
    lowering.error('bad-value', pattern, sed.problem);
    return [];
  }
  const checked = re2Pattern(sed.pattern);
  if ('problem' in checked) {
    lowering.error('bad-pattern', pattern, checked.problem);
    return [];
  }
  return [{ kind: 'substitute', column: from, ...sed, pattern: checked.pattern }];
}

/** `regex`: rows whose field matches; with `!=` rows whose field does not, or is not there. */
export function lowerRegex(
  command: Extract<Command, { readonly name: 'regex' }>,
  lowering: Lowering,
): readonly Stage[] {
  const from = column(command.field === undefined ? '_raw' : lowering.name(command.field));
  const checked = re2Pattern(command.pattern.text);
  if ('problem' in checked) {
    lowering.error('bad-pattern', command.pattern, checked.problem);
    return [];
  }
  const matches = call('match', from, text(checked.pattern));
  const where = command.negated ? call('or', call('isnull', from), call('not', matches)) : matches;
  return [{ kind: 'keep', where }];
}
