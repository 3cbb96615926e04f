import { expandMacros } from '../../../src/detection/frontends/splunk/spl/expand-macros.ts';
import type { Search } from '../../../src/detection/frontends/splunk/spl/ast.ts';
import { macroKey, type MacroTable } from '../../../src/detection/frontends/splunk/spl/macro.ts';
import { parseSearch } from '../../../src/detection/frontends/splunk/spl/parse-search.ts';
import { plainText } from '../../../src/detection/frontends/splunk/spl/source-text.ts';
import { parseTime } from '../../../src/record/time.ts';
import { eventOf, type Event } from './naive/event.ts';
import { evaluateHourly, type Runs } from './naive/windows.ts';
import { at, escuMacros, linesOf, usualMetadata, type SearchCase } from './search-case.ts';

/** What the naive evaluator says of a case. */
export const runNaive = (given: Omit<SearchCase, 'rows'>): Runs =>
  evaluateCase(parsedSearch(given.search, { ...escuMacros, ...given.macros }), eventsOf(given), given);

/** The events of a case: lines that are none are left out. */
export function eventsOf(given: Pick<SearchCase, 'events'>): readonly Event[] {
  const received = parseTime(at('13:00')) ?? 0n;
  const events = linesOf(given).map(({ line, ...noted }) =>
    eventOf(line, { ...usualMetadata, ...noted }, received),
  );
  return events.filter((event) => event !== undefined);
}

export function evaluateCase(
  search: Search,
  events: readonly Event[],
  { lookups = {}, places = {} }: Pick<SearchCase, 'lookups' | 'places'>,
): Runs {
  return evaluateHourly(search, events, {
    lookups: new Map(Object.entries(lookups)),
    places: new Map(Object.entries(places)),
  });
}

/** The syntax tree of a search; throws what is wrong with it. */
export function parsedSearch(text: string, macros: Readonly<Record<string, string>>): Search {
  const wrong: string[] = [];
  const complain = ({ message }: { readonly message: string }): void => void wrong.push(message);
  const expanded = expandMacros(plainText(text, 'search'), tableOf(macros), complain);
  const search = expanded === undefined ? undefined : parseSearch(expanded, complain);
  if (search === undefined) throw new Error(`${text}: ${wrong.join('; ')}`);
  return search;
}

function tableOf(macros: Readonly<Record<string, string>>): MacroTable {
  return new Map(
    Object.entries(macros).map(([signature, definition]) => {
      const [, name = '', list = ''] = /^(\w+)(?:\((.*)\))?$/.exec(signature) ?? [];
      const args = list.split(',').flatMap((arg) => (arg.trim() === '' ? [] : [arg.trim()]));
      return [macroKey(name, args.length), { name, args, definition: plainText(definition, name) }];
    }),
  );
}
