import { z } from 'zod';
import { code, table } from './markdown-table.ts';

/** One option that holds no others, as a table shows it; texts are Markdown, empty if there is nothing to say. */
interface OptionRow {
  /** With those it lies in: `splunk.source`, `overrides.<id>.mode`. */
  readonly name: string;
  readonly type: string;
  readonly default: string;
  readonly description: string;
}

/** What is read of a JSON Schema. */
interface Option {
  readonly title?: string;
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly Option[];
  /** As `anyOf`; of a union whose shapes a property tells apart. */
  readonly oneOf?: readonly Option[];
  readonly items?: Option;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Option>>;
  readonly additionalProperties?: boolean | Option;
  readonly required?: readonly string[];
}

/** The options that a schema takes, in its order; a sentence if it takes none. */
export function optionsTable(schema: z.ZodType): string {
  const rows = rowsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Option, '');
  if (rows.length === 0) return 'It has no options.';
  const cells = rows.map((row) => [row.name, row.type, row.default, row.description]);
  return table(['option', 'type', 'default', 'what it is'], cells);
}

/** Those that lie at `path`. */
function rowsOf({ properties = {}, required = [] }: Option, path: string): readonly OptionRow[] {
  return Object.entries(properties).flatMap(([name, option]) => {
    if (isRefused(option)) return [];
    const own = `${path}${name}`;
    const heading = rowOf(own, option, required.includes(name));
    const map = mapOf(option);
    const inside = map.properties ?? propertiesOf(map.additionalProperties);
    const items = option.items && mapOf(option.items);
    if (items?.properties !== undefined) return [heading, ...rowsOf(items, `${own}[].`)];
    if (inside === undefined) return [heading];
    const rest = map.properties === undefined ? `${own}.<id>.` : `${own}.`;
    return [
      ...(option.description === undefined ? [] : [heading]),
      ...rowsOf({ ...map, properties: inside }, rest),
    ];
  });
}

const rowOf = (name: string, option: Option, required: boolean): OptionRow => ({
  name: code(name),
  type: typeText(option),
  default: required && option.default === undefined ? 'required' : defaultText(option),
  description: (option.description ?? '').replaceAll('|', '\\|'),
});

/** What is in the schema only to say why it is not there. */
const isRefused = (option: Option): boolean => 'not' in option;

const shapesOf = ({ anyOf, oneOf }: Option): readonly Option[] | undefined => anyOf ?? oneOf;

/** The option itself, or those of its shapes that hold options as one that holds them all. */
function mapOf(option: Option): Option {
  const maps = shapesOf(option)?.filter(({ properties }) => properties !== undefined) ?? [];
  if (maps.length < 2) return maps[0] ?? option;
  const names = [...new Set(maps.flatMap(({ properties = {} }) => Object.keys(properties)))];
  return {
    properties: Object.fromEntries(names.map((name) => [name, propertyOf(maps, name)])),
    required: names.filter((name) => maps.every(({ required = [] }) => required.includes(name))),
  };
}

/** What those of the maps that have a property of this name say of it together. */
function propertyOf(maps: readonly Option[], name: string): Option {
  const said = maps.flatMap(({ properties = {} }) => properties[name] ?? []);
  if (said.length === 1 && said[0] !== undefined) return said[0];
  const descriptions = new Set(said.flatMap(({ description }) => description ?? []));
  return { anyOf: said, description: [...descriptions].join(' ') };
}

const propertiesOf = (option: Option['additionalProperties']): Option['properties'] =>
  typeof option === 'object' ? option.properties : undefined;

function typeText(option: Option): string {
  const { title, type, const: only, enum: choices, items, additionalProperties } = option;
  const shapes = shapesOf(option);
  if (title !== undefined) return title;
  if (choices !== undefined) return choices.map((choice) => code(String(choice))).join(', ');
  if (only !== undefined) return code(String(only));
  if (shapes !== undefined) {
    const texts = shapes.filter((shape) => shape.type !== 'null').map(typeText);
    return [...new Set(texts)].join(' or ');
  }
  if (type === 'array') return `list of ${items === undefined ? 'anything' : typeText(items)}`;
  if (type === 'object') return typeof additionalProperties === 'object' ? 'map' : 'options';
  return typeNames[type ?? ''] ?? '';
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true`, `false`',
};

function defaultText({ default: value }: Option): string {
  if (typeof value === 'number' || typeof value === 'boolean') return code(String(value));
  return typeof value === 'string' && value !== '' ? code(value) : '';
}
