import { readFileSync } from 'node:fs';

/** A page without its code blocks. */
export const proseOf = (path: string): string =>
  readFileSync(path, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');

/** A link of a page: its text, the file that it leads to, and the heading in it, each empty if there is none. */
interface Link {
  readonly text: string;
  readonly file: string;
  readonly heading: string;
}

/** The links of a text that lead to files. */
export function linksIn(text: string): readonly Link[] {
  const found = text.matchAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!https?:)([^)#]*)#?([^)]*)\)/g);
  return Array.from(found, ([, shown = '', file = '', heading = '']) => ({ text: shown, file, heading }));
}

/** What stands in code spans, each once. */
export function codeIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/`([^`]+)`/g), ([, code = '']) => code))];
}

/** The cells of all rows of the tables of a text, heads and rules aside. */
export function tableRowsIn(text: string): readonly (readonly string[])[] {
  const tables = text.matchAll(/^\|.*\n\|[ |:-]+\n((?:\|.*\n?)+)/gm);
  return Array.from(tables, ([, rows = '']) => rows.trim().split('\n')).flatMap((rows) =>
    rows.map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    ),
  );
}

/** The part of a page from one heading of the second level to the next. */
export function sectionOf(page: string, heading: string): string {
  const [, after = ''] = page.split(`\n## ${heading}\n`);
  return after.split('\n## ', 1)[0] ?? '';
}

/** What a heading is called in a link: as GitHub does it. */
export function anchorsIn(page: string): readonly string[] {
  return Array.from(page.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}
