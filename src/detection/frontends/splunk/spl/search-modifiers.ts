const schedule =
  'the time a search looks at is not part of its text here; write it into "scheduling" of the detection or its deployment';
const knowledge = (what: string): string =>
  `${what} are kept in Splunk and not known here; write the condition that they stand for`;

/** Names that are no fields where `search` compares them, and why they are refused (spec/spl.md §1.6). */
const modifiers: ReadonlyMap<string, string> = new Map([
  ...[
    'earliest',
    'latest',
    '_index_earliest',
    '_index_latest',
    'starttime',
    'endtime',
    'starttimeu',
    'endtimeu',
    'startdaysago',
    'enddaysago',
    'starthoursago',
    'endhoursago',
    'startminutesago',
    'endminutesago',
    'startmonthsago',
    'endmonthsago',
    'daysago',
    'hoursago',
    'minutesago',
    'monthsago',
  ].map((name) => [name, schedule] as const),
  ['eventtype', knowledge('event types')],
  ['tag', knowledge('tags')],
  ['savedsearch', knowledge('saved searches')],
  ['savedsplunk', knowledge('saved searches')],
  ['splunk_server', 'there are no Splunk servers here; leave it out'],
  ['splunk_server_group', 'there are no Splunk servers here; leave it out'],
]);

/** Why `name` may not stand before an operator of `search`; undefined if it may. */
export function modifierProblem(name: string): string | undefined {
  const reason = modifiers.get(name.toLowerCase());
  return reason === undefined ? undefined : `"${name}=" is not supported: ${reason}`;
}

const indexed = /^(source|sourcetype|host|index|tag|eventtype)::/i;

/** Why a bare word that looks like `host::x` is refused; undefined for all others. */
export function indexedFieldProblem(word: string): string | undefined {
  const name = indexed.exec(word)?.[1];
  return name === undefined ? undefined : `"${name}::" is not supported; write "${name}=" and the value`;
}
