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
  readonly items?: Option;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Option>>;
  readonly additionalProperties?: boolean | Option;
  readonly required?: readonly string[];
}

/** The options that a schema takes, in its order, which lie at `path`; a sentence if it takes none. */
export function optionsTable(schema: z.ZodType, path = ''): string {
  const rows = rowsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Option, path);
  if (rows.length === 0) return 'It has no options.';
  const cells = rows.map((row) => [row.name, row.type, row.default, row.description]);
  return table(['option', 'type', 'default', 'what it is'], cells);
}

function rowsOf({ properties = {}, required = [] }: Option, path: string): readonly OptionRow[] {
  return Object.entries(properties).flatMap(([name, option]) => {
    if (isRefused(option)) return [];
    const own = `${path}${name}`;
    const heading = rowOf(own, option, required.includes(name));
    const map = mapOf(option);
    const inside = map.properties ?? propertiesOf(map.additionalProperties);
    if (option.items?.properties !== undefined) return [heading, ...rowsOf(option.items, `${own}[].`)];
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

/** The option itself, or the one of its shapes that holds options. */
const mapOf = (option: Option): Option =>
  option.anyOf?.find(({ properties }) => properties !== undefined) ?? option;

const propertiesOf = (option: Option['additionalProperties']): Option['properties'] =>
  typeof option === 'object' ? option.properties : undefined;

function typeText({
  title,
  type,
  const: only,
  enum: choices,
  anyOf,
  items,
  additionalProperties,
}: Option): string {
  if (title !== undefined) return title;
  if (choices !== undefined) return choices.map((choice) => code(String(choice))).join(', ');
  if (only !== undefined) return code(String(only));
  if (anyOf !== undefined) {
    const shapes = anyOf.filter((shape) => shape.type !== 'null').map(typeText);
    return [...new Set(shapes)].join(' or ');
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
