/** A value with Splunk's `*` as a pattern of `glob`: `?` and `\` are nothing special in a search (spec/spl.md §1.2). */
export const globOf = (text: string): string => text.replace(/[\\?]/g, '\\$&');
