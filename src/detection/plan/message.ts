/**
 * A text with places for columns of a finding. A column of several values is joined by single spaces; a column that
 * the finding lacks leaves `written` in its place (spec/spl.md §5.3).
 */
export type Message = readonly MessagePart[];

export type MessagePart = string | { readonly column: string; readonly written: string };
