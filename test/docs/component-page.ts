import { parse } from 'yaml';
import type { ComponentEntry } from '../../src/pipeline/registry.ts';
import { optionsTable } from './options-table.ts';
import type { Sections } from './regenerated.ts';

/** Where the page of a component lies: `docs/components/receiver-file_log.md`. */
export const pageOf = ({ kind, type }: ComponentEntry): string => `docs/components/${kind}-${type}.md`;

/** What a page begins as, until somebody writes what the component is for, and an example. */
export const newPage = ({ kind, type }: ComponentEntry): string =>
  `# \`${type}\` ${kind}\n\n## Example\n\n## Options\n\n<!-- generated: options -->\n<!-- end -->\n`;

/** What its page is made of: the table of its options as the component's schema has them now. */
export async function sectionsOf(component: ComponentEntry): Promise<Sections> {
  const { schema } = await component.load();
  return { options: () => optionsTable(schema) };
}

/** The configurations of the component that a page shows, from its blocks of YAML. */
export function examplesIn(page: string, { kind, type }: ComponentEntry): readonly unknown[] {
  const blocks = page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm);
  return Array.from(blocks, ([, text = '']) => parse(text) as Readonly<Record<string, object>>).flatMap(
    (shown) =>
      Object.entries(shown[`${kind}s`] ?? {})
        .filter(([id]) => id.split('/', 1)[0] === type)
        .map(([, config]): unknown => config ?? {}),
  );
}

/** What a page says between its title and its first section. */
export const introductionOf = (page: string): string =>
  page.slice(page.indexOf('\n'), page.indexOf('\n## ')).trim();
