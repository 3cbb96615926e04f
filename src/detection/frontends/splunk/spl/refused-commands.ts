const stored = 'it begins with data that Splunk has stored, and here is only the stream of events';
const joins = 'it runs a second search over what is stored, and a stream has nothing stored';
const writes = 'a detection reads events and writes nothing but its findings';
const acts =
  'a detection only finds; what follows from its findings is the business of whoever receives them';
const shows = 'it shapes a table for a chart, and results here are single rows';
const learns = 'it looks at all results before it says anything about one, and is made for exploring by hand';
const parses = 'its way of taking fields out of a text is not there';
const order =
  'what it does to a row depends on the rows before it, and those of a stream come from many files in no fixed order';

/** `names` stand side by side. */
const all = (reason: string, names: string): readonly (readonly [string, string])[] =>
  names.split(' ').map((name) => [name, reason]);

/**
 * Commands of Splunk that are refused, each with the reason and, where there is one, the way round. A reason stands
 * behind `"name" is not supported: `.
 */
export const refusedCommands: ReadonlyMap<string, string> = new Map([
  ['tstats', `${stored}; write the condition as a search of the events, "stats" behind it`],
  ['mstats', 'it reads metrics, and events come in here; a metrics alert belongs to the metrics backend'],
  ...all('it reads metrics, and events come in here', 'mcatalog mpreview meventcollect mcollect'),
  ['datamodel', `${stored}; write the condition that the data model stands for`],
  ['pivot', `${stored}; write the condition that the data model stands for, and "stats"`],
  ['from', `${stored}; write the condition that the data set stands for`],
  ['inputlookup', `${stored}; "lookup" adds the columns of a table to events`],
  ['savedsearch', `${stored}; write the saved search itself`],
  ['makeresults', 'it makes rows out of nothing, and findings come from events'],
  ...all(
    stored,
    'inputcsv loadjob metadata metasearch eventcount dbinspect dbxquery rest history typeahead walklex ' +
      'gentimes searchtxn inputintelligence',
  ),
  [
    'join',
    `${joins}; put one side into a lookup, or bring both sides together by "stats ... by" their common field`,
  ],
  ['append', `${joins}; search for both kinds of events with "OR", and tell them apart by "eval"`],
  ['appendcols', `${joins}; search for both kinds of events with "OR", and count each by "count(eval(...))"`],
  ['union', `${joins}; search for both kinds of events with "OR"`],
  ['multisearch', `${joins}; search for both kinds of events with "OR"`],
  ['map', `${joins}, once for each row; put what it looks up into a lookup`],
  ...all(joins, 'appendpipe set format return localize selfjoin diff'),
  [
    'transaction',
    'it holds events of any length of time together; use "stats ... by" the field that they share',
  ],
  ['streamstats', `${order}; use "stats" or "eventstats"`],
  ['tail', `${order}; use "sort" and "head"`],
  ['reverse', `${order}; use "sort"`],
  ...all(order, 'accum autoregress delta filldown concurrency trendline rtorder'),
  ['chart', `${shows}; use "stats ... by"`],
  ['timechart', `${shows}; use "bin _time span=..." and "stats ... by _time"`],
  ['addinfo', 'the times of the window are part of each finding already'],
  ['foreach', 'it writes its command once for each field; write "eval" for each of them'],
  ['rangemap', 'it is not there; use "eval" with "case(...)"'],
  ['strcat', 'it is not there; use "eval" with "." between the fields'],
  ['replace', 'it is not there; use "eval" with "replace(...)" or "case(...)"'],
  ['nomv', 'it is not there; use "eval" with "mvjoin(...)"'],
  ['mvcombine', 'it is not there; use "stats values(...) by" the other fields'],
  ['uniq', 'it is not there; use "dedup"'],
  ['setfields', 'it is not there; use "eval"'],
  ['fieldformat', 'it changes how a value is shown, not the value; use "eval"'],
  ['reltime', 'it depends on when one looks; use "eval" with "relative_time(...)"'],
  ['tojson', 'findings are structured already'],
  ...all(
    shows,
    'xyseries untable transpose addtotals addcoltotals makecontinuous timewrap gauge geostats ' +
      'geom geomfilter contingency highlight iconify folderize abstract sistats sichart ' +
      'sitimechart sitop sirare scrub fieldsummary',
  ),
  ...all(
    learns,
    'anomalies predict anomalousvalue anomalydetection analyzefields arules associate ' +
      'cluster cofilter correlate erex findtypes kmeans outlier typelearner x11 fit apply ' +
      'summary rawstats',
  ),
  ['extract', `${parses}; use "rex"`],
  ['kv', `${parses}; use "rex"`],
  ...all(`${parses}; use "rex" or "spath"`, 'kvform multikv xmlkv xmlunescape xpath fromjson'),
  ...all(writes, 'outputlookup outputcsv outputtext collect tscollect delete dump'),
  ...all(acts, 'sendemail sendalert script run runshellscript'),
  ['require', 'a search without results finds nothing, which is no failure here'],
  ...all('there is one process only; leave it out', 'redistribute localop'),
  ...all('event types and tags are kept in Splunk and not known here', 'typer tags'),
  ['dbxlookup', 'it asks a database; "lookup" adds the columns of a table to events'],
]);
