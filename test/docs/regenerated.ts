import { format, resolveConfig } from 'prettier';

/** The parts of a page that are made of the code, by the names of their markers. */
export type Sections = Readonly<Record<string, () => string>>;

const part = /(<!-- generated: (\w+) -->)[\s\S]*?(<!-- end -->)/g;

/** A page with every generated part anew, formatted as all files are; `path` says how. */
export async function regenerated(page: string, path: string, sections: Sections): Promise<string> {
  const filled = page.replace(
    part,
    (_, begin: string, name: string, end: string) => `${begin}\n\n${sections[name]?.() ?? ''}\n\n${end}`,
  );
  return format(filled, { ...(await resolveConfig(path)), parser: 'markdown' });
}

/** The names of the generated parts of a page. */
export const generatedParts = (page: string): ReadonlySet<string> =>
  new Set(Array.from(page.matchAll(part), ([, , name = '']) => name));
