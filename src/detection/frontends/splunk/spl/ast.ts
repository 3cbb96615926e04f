/** A stretch of the expanded search text, in UTF-16 code units; `SourceText.at` says where it was written. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A parsed search: its commands in order. A text that does not begin with a command begins with `search`. */
export interface Search {
  readonly commands: readonly Command[];
}

/** A name or a value as the search means it: quotes and escapes are resolved. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** A value to compare with, or a bare term. `*` in it is a wildcard, however it is quoted (spec/spl.md §1.2). */
export interface Literal extends Word {
  readonly quoted: boolean;
  /** `CASE(x)`, `TERM(x)`. */
  readonly how: 'plain' | 'case' | 'term';
}

/** An expression of `search` (spec/spl.md §1). `and` and `or` hold two items or more; `and` of none is what matches all. */
export type Term =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Term[]; readonly span: Span }
  | { readonly kind: 'not'; readonly item: Term; readonly span: Span }
  | {
      readonly kind: 'compare';
      readonly field: Word;
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly value: Literal;
      readonly span: Span;
    }
  | { readonly kind: 'in'; readonly field: Word; readonly values: readonly Literal[]; readonly span: Span }
  /** A bare word or phrase, searched in `_raw`. */
  | { readonly kind: 'text'; readonly value: Literal; readonly span: Span };

/** An expression of `eval` and `where` (spec/spl.md §3.3). Names of functions and operators are in lower case. */
export type Evaluation =
  | { readonly kind: 'field'; readonly name: string; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  /** As it was written: `10`, `1.5`, `1e3`. */
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | {
      readonly kind: 'call';
      readonly name: Word;
      readonly args: readonly Evaluation[];
      readonly span: Span;
    }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly item: Evaluation; readonly span: Span }
  | {
      readonly kind: 'binary';
      /** `==` is `=`; `LIKE` is a call of `like`, `IN` one of `in`. */
      readonly operator:
        'and' | 'or' | 'xor' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '.';
      readonly left: Evaluation;
      readonly right: Evaluation;
      readonly span: Span;
    };

/** `values(a) as b`, `count`, `perc95(x)`: name of the function as written, in lower case. */
export interface StatisticCall {
  readonly name: Word;
  /** Undefined: `count` without argument. */
  readonly argument:
    | { readonly kind: 'field'; readonly field: Word }
    | { readonly kind: 'eval'; readonly value: Evaluation }
    | undefined;
  /** Undefined: named as it is written, `values(a)`. */
  readonly as: Word | undefined;
  readonly span: Span;
}

/** `-field`, `+num(field)`. */
export interface SortField {
  readonly field: Word;
  readonly descending: boolean;
  readonly as: 'auto' | 'num' | 'str' | 'ip';
}

/** One command. Options that a search leaves out are undefined: what they mean then is the lowering's to say. */
export type Command = { readonly span: Span } & (
  | { readonly name: 'search'; readonly where: Term }
  | { readonly name: 'where'; readonly where: Evaluation }
  | {
      readonly name: 'eval';
      readonly assignments: readonly { readonly field: Word; readonly value: Evaluation }[];
    }
  | { readonly name: 'fillnull'; readonly value: Word | undefined; readonly fields: readonly Word[] }
  | {
      readonly name: 'stats' | 'eventstats';
      readonly statistics: readonly StatisticCall[];
      /** `span`: of a field that is binned, `by _time span=1h`. */
      readonly by: readonly { readonly field: Word; readonly span: Word | undefined }[];
      readonly dedupSplitvals: boolean;
    }
  | {
      readonly name: 'rename';
      readonly pairs: readonly { readonly from: Word; readonly to: Word }[];
    }
  | { readonly name: 'table'; readonly fields: readonly Word[] }
  | { readonly name: 'fields'; readonly drop: boolean; readonly fields: readonly Word[] }
  | {
      readonly name: 'dedup';
      readonly count: number | undefined;
      readonly by: readonly Word[];
      readonly keepEmpty: boolean;
      readonly consecutive: boolean;
      readonly order: readonly SortField[];
    }
  | { readonly name: 'sort'; readonly limit: number | undefined; readonly fields: readonly SortField[] }
  | { readonly name: 'head'; readonly count: number | undefined }
  | {
      readonly name: 'top' | 'rare';
      readonly limit: number | undefined;
      readonly fields: readonly Word[];
      readonly by: readonly Word[];
      readonly countField: Word | undefined;
      readonly percentField: Word | undefined;
      readonly showCount: boolean;
      readonly showPercent: boolean;
    }
  | {
      readonly name: 'rex';
      readonly field: Word | undefined;
      readonly mode: 'match' | 'sed';
      /** The regular expression, or the sed expression. */
      readonly pattern: Word;
      readonly maxMatch: number | undefined;
    }
  | {
      readonly name: 'regex';
      readonly field: Word | undefined;
      readonly negated: boolean;
      readonly pattern: Word;
    }
  | {
      readonly name: 'spath';
      readonly input: Word | undefined;
      readonly path: Word | undefined;
      readonly output: Word | undefined;
    }
  | {
      readonly name: 'iplocation';
      readonly field: Word;
      readonly prefix: Word | undefined;
      readonly allFields: boolean;
    }
  | {
      readonly name: 'lookup';
      readonly table: Word;
      /** `as` undefined: the event's field has the same name. */
      readonly match: readonly { readonly field: Word; readonly as: Word | undefined }[];
      readonly output: 'all' | 'output' | 'outputnew';
      readonly outputs: readonly { readonly field: Word; readonly as: Word | undefined }[];
    }
  | {
      readonly name: 'convert';
      readonly timeFormat: Word | undefined;
      readonly conversions: readonly {
        readonly function: Word;
        readonly field: Word;
        readonly as: Word | undefined;
      }[];
    }
  | {
      readonly name: 'makemv';
      readonly field: Word;
      readonly delimiter: Word | undefined;
      readonly tokenizer: Word | undefined;
      readonly allowEmpty: boolean;
    }
  | { readonly name: 'mvexpand'; readonly field: Word; readonly limit: number | undefined }
  | {
      readonly name: 'bin';
      readonly field: Word;
      readonly width: Word | undefined;
      readonly bins: number | undefined;
      readonly as: Word | undefined;
    }
);

export type CommandName = Command['name'];
