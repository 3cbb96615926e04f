import type { FieldRef } from '../../plan/field.ts';

const segment = /"([^"]*)"|[^".]+/y;

/**
 * A field as a detection file names it: keys joined by dots, a key that holds dots in double quotes
 * (`annotations."authorization.k8s.io/decision"`). Quotes are only removed: the engine matches names while it walks
 * an event. A text says what is wrong with the name.
 */
export function parseFieldName(text: string): FieldRef | string {
  let name = '';
  let at = 0;
  for (;;) {
    segment.lastIndex = at;
    const [found, quoted] = segment.exec(text) ?? [];
    const key = quoted ?? found;
    if (found === undefined || key === undefined || key === '') return wrong(text, 'has an empty key');
    if (quoted === undefined && found.endsWith('{}')) {
      return wrong(text, `goes through arrays by itself; leave out "{}"`);
    }
    if (quoted === undefined && found !== found.trim()) return wrong(text, 'has blanks around a key');
    name += key;
    at += found.length;
    if (at === text.length) return { name, arrays: 'hidden' };
    if (text[at] !== '.') return wrong(text, 'has a quote that does not enclose a whole key');
    name += '.';
    at++;
  }
}

const wrong = (text: string, what: string): string =>
  `the field name "${text}" ${what}; write keys joined by dots, and a key that holds dots in double quotes`;
