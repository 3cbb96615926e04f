/**
 * The keys at the beginning of a line of a YAML text, with what stands behind each of them on its line, quotes taken
 * off: a glance at what a file is about, before anybody reads it. Knows nothing of maps written as `{a: 1}`.
 */
export function topLevelKeys(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/^\ufeff?(["']?)([A-Za-z_]+)\1[ \t]*:(?:[ \t]+(.*?))?[ \t\r]*$/gm);
  return new Map(Array.from(found, ([, , key = '', value = '']) => [key, unquoted(value)]));
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
