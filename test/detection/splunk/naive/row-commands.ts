import type { Command } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { JsonObject, parseJson } from '../../../../src/record/json.ts';
import { evaluateValue } from './evaluation.ts';
import { textsOf } from './value.ts';
import { flatten } from './flatten.ts';
import { replaced } from './replaced.ts';
import { spanOf } from './span.ts';
import { pathValues, scalarOf } from './spath.ts';
import { singleOf, Undecided, valuesOf, withColumn, type Row, type World } from './table.ts';
import { timeOf, timeText } from './time-functions.ts';

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>;

export function evalRow({ assignments }: Of<'eval'>, row: Row, world: World): Row {
  return assignments.reduce((row, { field, value }) => {
    const result = evaluateValue(value, row, world);
    if (typeof result === 'boolean') throw new Undecided('a column of true or false');
    return withColumn(row, field.text, textsOf(result));
  }, row);
}

/** `rex`: each match's named groups; sed replaces in every value. */
export function rex(command: Of<'rex'>, row: Row): Row {
  const name = command.field?.text ?? '_raw';
  if (command.mode === 'sed') return sed(command.pattern.text, name, row);
  const text = singleOf(row, name, 'rex');
  if (text === undefined) return row;
  const pattern = new RegExp(command.pattern.text.replaceAll('(?P<', '(?<'), 'g');
  const limit = command.maxMatch ?? 1;
  const matches = [...text.matchAll(pattern)].slice(0, limit === 0 ? undefined : limit);
  const groups = new Set(matches.flatMap(({ groups = {} }) => Object.keys(groups)));
  return [...groups].reduce((row, group) => {
    const found = matches.map(({ groups = {} }) => groups[group]);
    const values = found.filter((value) => value !== undefined);
    if (values.length === 0 && row.has(group))
      throw new Undecided('a group without a part in an existing column');
    return withColumn(row, group, values);
  }, row);
}

function sed(expression: string, name: string, row: Row): Row {
  const [, pattern = '', replacement = '', flags = ''] =
    /^s\/((?:[^/\\]|\\.)*)\/((?:[^/\\]|\\.)*)\/(g?)$/.exec(expression) ?? [];
  if (pattern === '') throw new Undecided(`the sed expression ${expression}`);
  const values = valuesOf(row, name);
  return withColumn(
    row,
    name,
    values.map((value) => replaced(value, pattern, replacement, flags === 'g')),
  );
}

export function regexHolds({ field, negated, pattern }: Of<'regex'>, row: Row): boolean {
  const text = singleOf(row, field?.text ?? '_raw', 'regex');
  if (text === undefined) {
    if (negated) throw new Undecided('regex != of a missing field');
    return false;
  }
  return new RegExp(pattern.text).test(text) !== negated;
}

/** `spath`: one location, or every field of the text (spec/spl.md §2). */
export function spath({ input, path, output }: Of<'spath'>, row: Row): Row {
  const text = singleOf(row, input?.text ?? '_raw', 'spath');
  if (text === undefined) return row;
  const json = parseJson(text);
  if (!(json instanceof JsonObject)) return row;
  if (path === undefined) {
    return [...flatten(json)].reduce((row, [name, values]) => {
      if (row.has(name)) throw new Undecided('spath into an existing column');
      return withColumn(row, name, values);
    }, row);
  }
  const found = pathValues(json, path.text).map(scalarOf);
  const values = found.filter((value) => value !== undefined);
  if (values.length !== found.length) throw new Undecided('spath of an object');
  const as = output?.text ?? path.text;
  if (values.length === 0 && row.has(as)) throw new Undecided('spath of nothing into an existing column');
  return withColumn(row, as, values);
}

/** `iplocation`: of the first value; a place that is not known adds nothing (spec/spl.md §3.6, §9). */
export function iplocation({ field, prefix, allFields }: Of<'iplocation'>, row: Row, { places }: World): Row {
  const [address] = valuesOf(row, field.text);
  const place = address === undefined ? undefined : places.get(address);
  if (allFields) throw new Undecided('allfields');
  if (place === undefined) return row;
  return Object.entries(place).reduce(
    (row, [name, value]) => withColumn(row, (prefix?.text ?? '') + name, [value]),
    row,
  );
}

export function convert({ timeFormat, conversions }: Of<'convert'>, row: Row): Row {
  const format = timeFormat?.text ?? '%m/%d/%Y %H:%M:%S';
  return conversions.reduce((row, { function: name, field, as }) => {
    const text = singleOf(row, field.text, 'convert');
    if (text === undefined && as !== undefined && row.has(as.text)) throw new Undecided('convert of nothing');
    if (text === undefined) return row;
    return withColumn(row, (as ?? field).text, [converted(name.text.toLowerCase(), text, format)]);
  }, row);
}

function converted(name: string, text: string, format: string): string {
  const number = Number(text);
  if (name === 'mktime') {
    const time = timeOf(text, format);
    if (time === null) throw new Undecided('mktime of no time');
    return String(time);
  }
  if (text === '' || Number.isNaN(number)) throw new Undecided(`${name} of no number`);
  if (name === 'ctime') return timeText(Math.floor(number), format);
  if (name === 'num' || name === 'auto') return String(number);
  throw new Undecided(`convert ${name}`);
}

export function makemv({ field, delimiter, tokenizer, allowEmpty }: Of<'makemv'>, row: Row): Row {
  const text = singleOf(row, field.text, 'makemv');
  if (text === undefined) return row;
  if (tokenizer !== undefined || text === '') throw new Undecided('makemv of nothing, or by tokens');
  const parts = text.split(delimiter?.text ?? ' ');
  const kept = parts.filter((part) => allowEmpty || part !== '');
  if (kept.length === 0) throw new Undecided('makemv that leaves nothing');
  return withColumn(row, field.text, kept);
}

/** `mvexpand`: a row for each value. */
export function mvexpand({ field, limit }: Of<'mvexpand'>, row: Row): readonly Row[] {
  const values = valuesOf(row, field.text);
  if (values.length === 0) throw new Undecided('mvexpand of nothing');
  const taken = limit === undefined || limit === 0 ? values : values.slice(0, limit);
  return taken.map((value) => withColumn(row, field.text, [value]));
}

export function bin({ field, width, as }: Of<'bin'>, row: Row): Row {
  if (width === undefined) throw new Undecided('bin without span');
  const text = singleOf(row, field.text, 'bin');
  if (text === undefined) return row;
  return withColumn(row, (as ?? field).text, [spanOf(text, width.text, field.text)]);
}
