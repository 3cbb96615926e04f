import type { Calc } from './calc.ts';
import type { Expr } from './expr.ts';

/**
 * What a search does to the rows that `where` chose, one stage behind the other, over the rows of one window of its
 * schedule (spec/spl.md §3). The columns of a row are the fields of the event in Splunk's naming (`a.b`, `arr{}`),
 * `source`, `sourcetype`, `host`, `index`, `_time` and `_raw`, and whatever stages add. A column has several values, one, or
 * is not there.
 *
 * Scheduled: the stages see all rows of a window together, newest first. Streaming: each row for itself; what
 * `stats` has counted of the window so far goes through the stages behind it.
 */
export interface Transform {
  readonly kind: 'transform';
  readonly schedule: Schedule;
  readonly stages: readonly Stage[];
}

/**
 * When Splunk would run the search, and over what: at each time T of `cron` (UTC), events of [T+earliest, T+latest).
 * `earliest` and `latest` are Splunk's relative times, such as `-70m@m`.
 */
export interface Schedule {
  readonly cron: string;
  readonly earliest: string;
  readonly latest: string;
}

export type Stage =
  | Filter
  | Keep
  | Extend
  | Extract
  | Substitute
  | Spath
  | Fill
  | Rename
  | Lookup
  | Locate
  | Stats
  | Dedup
  | Sort
  | Head
  | Rank
  | Project
  | Expand;

/** `search`: keeps rows that satisfy; case and wildcards as in `Expr`. Field names are columns. */
export interface Filter {
  readonly kind: 'filter';
  readonly where: Expr;
}

/** `where`, `regex`: keeps rows for which the value is true; not those for which it is null. */
export interface Keep {
  readonly kind: 'keep';
  readonly where: Calc;
}

/** `eval`, `convert`, `makemv`, `bin span=`: sets columns, one after the other; null removes the column. */
export interface Extend {
  readonly kind: 'extend';
  readonly columns: readonly { readonly as: string; readonly value: Calc }[];
}

/**
 * `rex`: each named group of a match becomes a column; a row without a match stays as it is. A group that took no part
 * gives no column, one that matched nothing an empty text. With more than one match allowed, columns of several values.
 */
export interface Extract {
  readonly kind: 'extract';
  readonly column: string;
  /** RE2's syntax (re2js), with `(?P<name>...)` groups; checked. */
  readonly pattern: string;
  /** Matches to take, at least 1; undefined: all of them. */
  readonly matches: number | undefined;
}

/** `rex mode=sed`: replaces in every value of a column. */
export interface Substitute {
  readonly kind: 'substitute';
  readonly column: string;
  readonly pattern: string;
  /** `\1` is the first group. */
  readonly replacement: string;
  /** Which match to replace, from 1; undefined: all. */
  readonly occurrence: number | undefined;
  readonly fold: boolean;
}

/** `spath`: fields of the JSON text in a column. */
export interface Spath {
  readonly kind: 'spath';
  readonly column: string;
  /** One location and its column; undefined: every field becomes a column of its name. */
  readonly take: { readonly path: string; readonly as: string } | undefined;
}

/** `fillnull`: gives `value` to rows that lack a column. Undefined: every column that any row of the window has. */
export interface Fill {
  readonly kind: 'fill';
  readonly columns: readonly string[] | undefined;
  readonly value: string;
}

/** `rename`: pairs apply left to right; one `*` or more on both sides carry the text over (spec/spl.md §3.4, §9). */
export interface Rename {
  readonly kind: 'rename';
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}

/** `lookup`: columns from a table, by its name in `References`. */
export interface Lookup {
  readonly kind: 'lookup';
  readonly table: string;
  /** A field of the table, and the column to compare it with. */
  readonly match: readonly { readonly field: string; readonly column: string }[];
  /** Undefined: all fields of the table that are not matched. */
  readonly output: readonly { readonly field: string; readonly as: string }[] | undefined;
  /** False (`OUTPUTNEW`): only where the row lacks the output column. */
  readonly overwrite: boolean;
}

/** `iplocation`: where the address in a column is: `City`, `Country`, `Region`, `lat`, `lon`. */
export interface Locate {
  readonly kind: 'locate';
  readonly column: string;
  readonly prefix: string;
  /** Also `Continent`, `MetroCode`, `Timezone`. */
  readonly all: boolean;
}

/**
 * `stats`: one row for each combination of the values of the `by` columns; without `by` one row for all. With `join`
 * (`eventstats`) the rows stay, and get the measures of their groups as columns.
 */
export interface Stats {
  readonly kind: 'stats';
  readonly by: readonly string[];
  readonly measures: readonly Statistic[];
  readonly join: boolean;
  /** `dedup_splitvals`: a value that one row holds several times counts once. */
  readonly distinct: boolean;
}

/** One statistic over the rows of a group (`plan/statistics.ts`). */
export interface Statistic {
  readonly as: string;
  readonly of: StatisticName;
  /** Undefined for `count` only: it then counts rows. `eval(...)` in the search is a `Calc` here. */
  readonly value: Calc | undefined;
  /** For `perc`: 0 to 100. */
  readonly percent: number | undefined;
}

export type StatisticName =
  | 'count'
  | 'dc'
  | 'estdc'
  | 'values'
  | 'list'
  | 'min'
  | 'max'
  | 'sum'
  | 'avg'
  | 'first'
  | 'last'
  | 'earliest'
  | 'latest'
  | 'mode'
  | 'median'
  | 'perc'
  | 'range'
  | 'stdev'
  | 'var';

/** `dedup`: keeps the first `count` rows of each combination of whole values of the columns. */
export interface Dedup {
  readonly kind: 'dedup';
  readonly count: number;
  readonly by: readonly string[];
  /** Keep rows that lack one of the columns. */
  readonly keepEmpty: boolean;
  /** Only among rows that follow each other. */
  readonly consecutive: boolean;
  /** `sortby`: the order to choose in; empty: as they are. */
  readonly order: readonly SortKey[];
}

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
  readonly as: 'auto' | 'number' | 'text' | 'address';
}

/** `sort`: at most `limit` rows leave; undefined: all. */
export interface Sort {
  readonly kind: 'sort';
  readonly keys: readonly SortKey[];
  readonly limit: number | undefined;
}

/** `head`. */
export interface Head {
  readonly kind: 'head';
  readonly count: number;
}

/** `top` and `rare`: the most or least frequent combinations of columns, in each group of `by`. */
export interface Rank {
  readonly kind: 'rank';
  readonly order: 'top' | 'rare';
  readonly columns: readonly string[];
  readonly by: readonly string[];
  /** Undefined: all. */
  readonly limit: number | undefined;
  /** Names of the columns that hold count and percentage; undefined: not shown. */
  readonly countAs: string | undefined;
  readonly percentAs: string | undefined;
}

/** `fields` and `table`: `*` in a name is any text. `keep` keeps `_time` and `_raw` as well, `table` does not. */
export interface Project {
  readonly kind: 'project';
  readonly how: 'keep' | 'drop' | 'table';
  readonly columns: readonly string[];
}

/** `mvexpand`: one row for each value of a column, at most `limit` of them (undefined: all). */
export interface Expand {
  readonly kind: 'expand';
  readonly column: string;
  readonly limit: number | undefined;
}
