import type { CommandName } from '../spl/ast.ts';

/** Every command that a search may have, as it is written; for documentation. */
export const supportedCommands: Readonly<Record<CommandName, string>> = {
  search: 'search <terms>',
  where: 'where <condition>',
  eval: 'eval <field>=<value>, ...',
  fillnull: 'fillnull [value=<text>] [<field> ...]',
  stats: 'stats <statistic> [as <field>] ... [by <field> [span=<span>] ...] [dedup_splitvals=<bool>]',
  eventstats: 'eventstats <statistic> [as <field>] ... [by <field> [span=<span>] ...]',
  rename: 'rename <field> as <field>, ...',
  table: 'table <field> ...',
  fields: 'fields [+|-] <field> ...',
  dedup: 'dedup [<count>] <field> ... [keepempty=<bool>] [consecutive=<bool>] [sortby <field> ...]',
  sort: 'sort [<limit>] [+|-]<field> ...',
  head: 'head [<count>]',
  top: 'top [<limit>] [countfield=<field>] [percentfield=<field>] [showcount=<bool>] [showperc=<bool>] <field> ... [by <field> ...]',
  rare: 'rare [<limit>] [countfield=<field>] [percentfield=<field>] [showcount=<bool>] [showperc=<bool>] <field> ... [by <field> ...]',
  rex: 'rex [field=<field>] [max_match=<count>] "<regex>" | rex [field=<field>] mode=sed "<expression>"',
  regex: 'regex [<field>=|!=]"<regex>"',
  spath: 'spath [input=<field>] [path=<path>] [output=<field>]',
  iplocation: 'iplocation [prefix=<text>] [allfields=<bool>] <field>',
  lookup: 'lookup <table> <field> [as <field>] ... [OUTPUT|OUTPUTNEW <field> [as <field>] ...]',
  convert: 'convert [timeformat="<format>"] <conversion>(<field>) [as <field>] ...',
  makemv: 'makemv [delim="<text>"] [allowempty=<bool>] <field>',
  mvexpand: 'mvexpand <field> [limit=<count>]',
  bin: 'bin <field> span=<span> [as <field>]',
};
