/** `type` or `type/name` (spec/collector.md §1.2). */
export interface ComponentId {
  readonly type: string;
  readonly name: string;
}

const typePattern = /^[a-zA-Z][0-9a-zA-Z_]{0,62}$/;
const namePattern = /^[^\p{Z}\p{C}\p{S}]{1,1024}$/u;

/** The parts of an id; a text that says what is wrong with it otherwise. */
export function parseId(text: string): ComponentId | string {
  const slash = text.indexOf('/');
  const type = (slash === -1 ? text : text.slice(0, slash)).trim();
  const name = slash === -1 ? '' : text.slice(slash + 1).trim();
  if (type === '') return `"${text}" has no type; write "type" or "type/name"`;
  if (!typePattern.test(type))
    return `"${type}" is no type: letters, digits and "_" only, beginning with a letter`;
  if (slash !== -1 && name === '') return `"${text}" has nothing behind the "/"; write "type" or "type/name"`;
  if (slash !== -1 && !namePattern.test(name))
    return `"${name}" is no name: at most 1024 characters, no spaces or symbols`;
  return { type, name };
}

export function formatId({ type, name }: ComponentId): string {
  return name === '' ? type : `${type}/${name}`;
}
