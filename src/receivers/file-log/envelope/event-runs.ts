/** So much of a document is handed on at once. */
const most = { events: 1_024, bytes: 1_048_576 };

/** `events` in order, as many at a time as are handed on at once; each run has one at least. */
export function* eventRuns(events: Iterable<Buffer>): Generator<readonly Buffer[], void> {
  let run: Buffer[] = [];
  let bytes = 0;
  for (const event of events) {
    run.push(event);
    bytes += event.length;
    if (run.length < most.events && bytes < most.bytes) continue;
    yield run;
    run = [];
    bytes = 0;
  }
  if (run.length > 0) yield run;
}
