import { z } from 'zod';
import { code, type Cells } from './markdown-table.ts';

interface Option {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Option>>;
  readonly additionalProperties?: boolean | Option;
  readonly items?: Option;
}

/** Name, default and description of every option of a schema: a row for each that holds no others. */
export function optionRows(schema: z.ZodType, path = ''): readonly Cells[] {
  return rowsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Option, path);
}

function rowsOf({ properties = {} }: Option, path: string): readonly Cells[] {
  return Object.entries(properties).flatMap(([name, option]) => {
    const inside = option.properties ?? propertiesOf(option.additionalProperties);
    const own = `${path}${name}`;
    const heading = [code(own), defaultText(option), option.description ?? ''];
    if (option.items?.properties !== undefined) return [heading, ...rowsOf(option.items, `${own}[].`)];
    if (inside === undefined) return [heading];
    const rest = option.properties === undefined ? `${own}.<id>.` : `${own}.`;
    return [...(option.description === undefined ? [] : [heading]), ...rowsOf({ properties: inside }, rest)];
  });
}

const propertiesOf = (option: Option['additionalProperties']): Option['properties'] =>
  typeof option === 'object' ? option.properties : undefined;

function defaultText({ default: value }: Option): string {
  if (typeof value === 'number' || typeof value === 'boolean') return code(String(value));
  return typeof value === 'string' && value !== '' ? code(value) : '';
}
