import { formatId, parseId } from '../../pipeline/id.ts';
import type { ComponentKind } from '../../pipeline/registry.ts';

/** What a name needs to know of the component types it may name; `ComponentEntry` has it. */
export interface NamedType {
  readonly type: string;
  readonly aliases: readonly string[];
}

export interface ComponentName {
  /** Canonical: `file_log/audit`, whatever spelling was written. */
  readonly id: string;
  readonly type: string;
  /** The deprecated spelling of the type, if it was written with one. */
  readonly alias: string | undefined;
}

/** The name that `text` is; a text that says what is wrong with it otherwise. Unknown types pass. */
export function parseName(text: string, types: readonly NamedType[]): ComponentName | string {
  const parsed = parseId(text);
  if (typeof parsed === 'string') return parsed;
  const renamed = types.find(({ aliases }) => aliases.includes(parsed.type));
  const type = renamed?.type ?? parsed.type;
  const alias = renamed === undefined ? undefined : parsed.type;
  return { id: formatId({ type, name: parsed.name }), type, alias };
}

/** For the warning about a deprecated spelling. */
export function aliasMessage(alias: string, type: string): string {
  return `"${alias}" is the old name; write "${type}"`;
}

/** The section of the configuration that defines components of a kind. */
export function sectionOf(kind: ComponentKind): 'receivers' | 'processors' | 'exporters' | 'extensions' {
  return `${kind}s`;
}
