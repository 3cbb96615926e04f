import fc from 'fast-check';
import type { CommandName } from '../../../../../src/detection/frontends/splunk/spl/ast.ts';

/** Names and values of all kinds: plain ones, keywords, and such that need quotes or escapes. */
const trouble = fc.constantFrom(
  ...'a~user.groups{}~a.b/c-d:e@f~*~x*y~_time~Ä~5~3xx~a b~a,b~(a)~[a]~a=b~as~BY~OR~NOT~IN~and~output'.split(
    '~',
  ),
  ...'sortby~desc~search~CASE(x)~span=1~-a~+a~"~\\~\\\\~\\"~a\\~a"b~it\'s~|~a|b~`a`~ ~\n~\u2028'.split('~'),
  ...'a!=b~index::x~<~!'.split('~'),
);
const text = fc.oneof(trouble, fc.string({ minLength: 1, maxLength: 6 }));
const word = text.map((text) => ({ text }));
const valueWord = fc.oneof(fc.constant({ text: '' }), word);
const identifier = fc.constantFrom('f', 'values', 'perc95', 'count_1', 'eval', 'like', 'in', 'if', 'null');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const several = <Value>(value: fc.Arbitrary<Value>, least = 1) =>
  fc.array(value, { minLength: least, maxLength: least + 2 });
const count = fc.nat({ max: 99_999 });

/** What may stand in an unquoted value: its backslashes, quotes and pipes are escaped when it is printed. */
const bare = fc
  .string({
    unit: fc.constantFrom('a', 'b', '*', '.', ':', '/', '{', '}', '@', '\\', '"', '|', '-'),
    minLength: 1,
    maxLength: 8,
  })
  .filter((text) => !['CASE', 'TERM'].includes(text));
const how = fc.constantFrom('plain', 'plain', 'case', 'term');
const literal = fc.oneof(
  fc.record({ text: bare, quoted: fc.constant(false), how }),
  fc.record({ text, quoted: fc.constant(true), how }),
);

const { term } = fc.letrec<{ term: unknown; leaf: unknown; branch: unknown }>((tie) => ({
  term: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('branch')),
  leaf: fc.oneof(
    fc.record({
      kind: fc.constant('compare'),
      field: word,
      operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
      value: literal,
    }),
    fc.record({ kind: fc.constant('in'), field: word, values: several(literal) }),
    fc.record({ kind: fc.constant('text'), value: literal }),
  ),
  branch: fc.oneof(
    fc.record({ kind: fc.constantFrom('and', 'or'), items: several(tie('term'), 2) }),
    fc.record({ kind: fc.constant('not'), item: tie('term') }),
  ),
}));

const { evaluation } = fc.letrec<{ evaluation: unknown; leaf: unknown; branch: unknown }>((tie) => ({
  evaluation: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('branch')),
  leaf: fc.oneof(
    fc.record({ kind: fc.constant('field'), name: text }),
    fc.record({ kind: fc.constant('text'), value: fc.oneof(fc.constant(''), text) }),
    fc.record({ kind: fc.constant('number'), text: fc.constantFrom('0', '10', '1.50', '.5', '1e3', '2E-4') }),
  ),
  branch: fc.oneof(
    fc.record({
      kind: fc.constant('call'),
      name: fc.record({ text: identifier }),
      args: several(tie('evaluation'), 0),
    }),
    fc.record({
      kind: fc.constant('unary'),
      operator: fc.constantFrom('not', '-'),
      item: tie('evaluation'),
    }),
    fc.record({
      kind: fc.constant('binary'),
      operator: fc.constantFrom(
        'and',
        'or',
        'xor',
        '=',
        '!=',
        '<',
        '<=',
        '>',
        '>=',
        '+',
        '-',
        '*',
        '/',
        '%',
        '.',
      ),
      left: tie('evaluation'),
      right: tie('evaluation'),
    }),
  ),
}));

/** A regular expression: quotes in it are not behind a lone backslash, as that would be an escape. */
const pattern = fc
  .array(fc.constantFrom('a', '"', '\\\\', '\\d', '\\|', '|', '(?<a>b)', "'", '[', ' ', '\n'), {
    maxLength: 6,
  })
  .map((parts) => ({ text: parts.join('') }));

const argument = fc.oneof(
  fc.record({ kind: fc.constant('field'), field: word }),
  fc.record({ kind: fc.constant('eval'), value: evaluation }),
);
const statistic = fc.oneof(
  fc.record({ name: fc.record({ text: identifier }), argument, as: optional(word) }),
  fc.record({
    name: fc.record({ text: fc.constantFrom('count', 'c') }),
    argument: fc.constant(undefined),
    as: optional(word),
  }),
);
const sortField = fc.record({
  field: word,
  descending: fc.boolean(),
  as: fc.constantFrom('auto', 'num', 'str', 'ip'),
});
const renamed = fc.record({ field: word, as: optional(word) });

/** For each command, what it can hold beside its name. */
const bodies: Readonly<Record<CommandName, fc.Arbitrary<object>>> = {
  search: fc.record({ where: fc.oneof(term, fc.constant({ kind: 'and', items: [] })) }),
  where: fc.record({ where: evaluation }),
  eval: fc.record({ assignments: several(fc.record({ field: word, value: evaluation })) }),
  fillnull: fc.record({ value: optional(valueWord), fields: several(word, 0) }),
  stats: fc.record({
    statistics: several(statistic),
    by: several(fc.record({ field: word, span: optional(word) }), 0),
    dedupSplitvals: fc.boolean(),
  }),
  eventstats: fc.record({
    statistics: several(statistic),
    by: several(fc.record({ field: word, span: optional(word) }), 0),
    dedupSplitvals: fc.constant(false),
  }),
  rename: fc.record({ pairs: several(fc.record({ from: word, to: word })) }),
  table: fc.record({ fields: several(word) }),
  fields: fc.record({ drop: fc.boolean(), fields: several(word) }),
  dedup: fc.record({
    count: optional(count),
    by: several(word),
    keepEmpty: fc.boolean(),
    consecutive: fc.boolean(),
    order: several(sortField, 0),
  }),
  sort: fc.record({ limit: optional(count), fields: several(sortField) }),
  head: fc.record({ count: optional(count) }),
  top: fc.record({
    limit: optional(count),
    fields: several(word),
    by: several(word, 0),
    countField: optional(valueWord),
    percentField: optional(valueWord),
    showCount: fc.boolean(),
    showPercent: fc.boolean(),
  }),
  rare: fc.record({
    limit: optional(count),
    fields: several(word),
    by: several(word, 0),
    countField: optional(valueWord),
    percentField: optional(valueWord),
    showCount: fc.boolean(),
    showPercent: fc.boolean(),
  }),
  rex: fc.record({
    field: optional(valueWord),
    mode: fc.constantFrom('match', 'sed'),
    pattern,
    maxMatch: optional(count),
  }),
  regex: fc.oneof(
    fc.record({ field: word, negated: fc.boolean(), pattern }),
    fc.record({ field: fc.constant(undefined), negated: fc.constant(false), pattern }),
  ),
  spath: fc.record({ input: optional(valueWord), path: optional(valueWord), output: optional(valueWord) }),
  iplocation: fc.record({ field: word, prefix: optional(valueWord), allFields: fc.boolean() }),
  lookup: fc.oneof(
    fc.record({
      table: word,
      match: several(renamed),
      output: fc.constant('all'),
      outputs: fc.constant([]),
    }),
    fc.record({
      table: word,
      match: several(renamed),
      output: fc.constantFrom('output', 'outputnew'),
      outputs: several(renamed),
    }),
  ),
  convert: fc.record({
    timeFormat: optional(valueWord),
    conversions: several(
      fc.record({ function: fc.record({ text: identifier }), field: word, as: optional(word) }),
    ),
  }),
  makemv: fc.oneof(
    fc.record({
      field: word,
      delimiter: optional(valueWord),
      tokenizer: fc.constant(undefined),
      allowEmpty: fc.boolean(),
    }),
    fc.record({
      field: word,
      delimiter: fc.constant(undefined),
      tokenizer: valueWord,
      allowEmpty: fc.boolean(),
    }),
  ),
  mvexpand: fc.record({ field: word, limit: optional(count) }),
  bin: fc.record({ field: word, width: optional(valueWord), bins: optional(count), as: optional(word) }),
};

const commands = Object.entries(bodies).map(([name, body]) => body.map((body) => ({ name, ...body })));
const first = bodies.search.map((body) => ({ name: 'search', ...body }));

/** Searches without spans, every command and every kind of name among them. */
export const searchArbitrary = fc
  .tuple(first, fc.array(fc.oneof(...commands), { maxLength: 3 }))
  .map(([first, rest]) => ({ commands: [first, ...rest] }));

/** How many commands there are. */
export const commandCount = commands.length;
