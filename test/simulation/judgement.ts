import { decodeRecord, encodeRecord } from '../../src/record/codec.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { decodeDeadLetter } from '../../src/pipeline/outbox/dead-letter.ts';
import { queuesOf } from '../../src/pipeline/outbox/queues.ts';
import { counters } from '../../src/store/counter.ts';
import { textOf } from '../e2e/otlp-json.ts';
import { isHuge, isPoison, uidOf } from './model-backend.ts';
import { exporterId, receiverId } from './life.ts';
import { referenceOf } from './reference.ts';
import { processorId } from './simulated-processor.ts';
import type { World } from './world.ts';

/** What is wrong with a world that has come to rest; nothing, if the promises of design §3 were kept. */
export async function judge(world: World): Promise<readonly string[]> {
  const { backend, writer, effects } = world;
  const problems: string[] = [];
  const dead = deadLetters(world);
  const { wall } = world.time;
  const linesOf = (wanted: boolean): readonly string[] =>
    writer.lines.filter(({ doubtful }) => wanted || !doubtful).map(({ text }) => text);
  const expected = await referenceOf(linesOf(true), wall);
  const sure = writer.lines.some(({ doubtful }) => doubtful)
    ? await referenceOf(linesOf(false), wall)
    : expected;
  // Which lines count together depends on those that may be missing, and on when windows closed.
  const counts = !writer.destructive && !writer.uncountable && !world.jumped;
  if (!counts) effects.sometime('thresholds left out');
  const reached = namesOf([...backend.taken.values(), ...dead.values()]);
  for (const record of sure.values()) {
    if ((counts || isSingle(record)) && !reached.has(nameOf(record)))
      problems.push(`lost: ${nameOf(record)}`);
  }
  const possible = namesOf([...expected.values()]);
  for (const [uid, record] of backend.taken) {
    if (record.eventName === 'riskpipe.notice') problems.push(...noticeProblem(world, record, dead));
    else if (!counts && !isSingle(record)) continue;
    // A late finding has an id of its own; only a wall clock that jumped makes a line late.
    else if (!expected.has(uid) && !(world.jumped && isLate(record) && possible.has(nameOf(record))))
      problems.push(`unexpected: ${nameOf(record)}`);
    else if (counts && !isShuffled(world)) problems.push(...differences(record, expected.get(uid)));
  }
  const changed = backend.changed.flatMap((uid) => backend.taken.get(uid) ?? []);
  // The gaps that files leave which were never read have one id together.
  const wrong = changed.filter(({ attributes }) => attributes['riskpipe.notice.kind'] !== 'gap');
  if (!writer.uncountable)
    problems.push(...wrong.map((record) => `wrong: two versions of ${nameOf(record)}`));
  return [...problems, ...deadProblems(world, dead), ...orderProblems(world), ...equationProblems(world)];
}

/** Who cannot read a file goes on with the next one: which line crosses a threshold may be another one then (W15). */
const isShuffled = ({ effects }: World): boolean =>
  ['open error', 'stat error', 'read error', 'list error'].some((what) => effects.sometimes.has(what));

const namesOf = (records: readonly LogRecord[]): ReadonlySet<string> => new Set(records.map(nameOf));

const isLate = ({ attributes }: LogRecord): boolean => attributes['finding.late'] === true;

/** A finding that one line makes. */
const isSingle = (record: LogRecord): boolean => !nameOf(record).endsWith('was refused');

/** Of all findings of one line no two have the same. */
const nameOf = ({ body }: LogRecord): string => textOf(body);

function differences(record: LogRecord, reference: LogRecord | undefined): readonly string[] {
  if (reference === undefined) return [];
  const [got, wanted] = [record, reference].map((one) => encodeRecord({ ...one, observedTime: 0n }));
  return got === wanted ? [] : [`wrong: ${nameOf(record)}: ${got}, not ${wanted}`];
}

function noticeProblem(
  { writer, jumped }: World,
  { attributes, body }: LogRecord,
  dead: ReadonlyMap<string, LogRecord>,
): readonly string[] {
  const kind = textOf(attributes['riskpipe.notice.kind']);
  const isFine =
    (kind === 'oversize_line' && writer.oversize > 0) ||
    (kind === 'nul_run' && writer.holes > 0) ||
    // Nobody knows whether a file that is gone held more than was read of it.
    (kind === 'gap' && writer.deleted) ||
    (kind === 'records_refused' && dead.size > 0) ||
    // Its windows closed by a clock that was ahead.
    (kind === 'late_rows' && jumped) ||
    writer.uncountable ||
    writer.destructive;
  return isFine ? [] : [`unexpected: a notice of ${kind}: ${textOf(body)}`];
}

/** By uid. */
function deadLetters({ disk }: World): ReadonlyMap<string, LogRecord> {
  const letters = disk.queues.get(queuesOf(exporterId).dead) ?? [];
  const records = letters.map((letter) => decodeRecord(decodeDeadLetter(letter).record));
  return new Map(records.map((record) => [uidOf(record), record]));
}

/** Only what a backend refused for itself is dead, and all of that is. */
function deadProblems({ backend, effects }: World, dead: ReadonlyMap<string, LogRecord>): readonly string[] {
  const problems: string[] = [];
  const partial = backend.rejected.size > 0;
  for (const [uid, record] of dead) {
    if (isPoison(record) || isHuge(record)) effects.sometime('dead letter');
    else if (!partial) problems.push(`dead without a reason: ${nameOf(record)}`);
    if (isHuge(record) && !isPoison(record) && !backend.stubs.has(uid) && !partial) {
      problems.push(`no stub was sent of ${nameOf(record)}`);
    }
  }
  for (const uid of backend.rejected) {
    if (!dead.has(uid) && !backend.taken.has(uid))
      problems.push(`lost: ${uid}, rejected in a partial success`);
  }
  return problems;
}

/** Each class in order: what was first taken came in the order in which it was stored (W17). */
function orderProblems({ backend, disk }: World): readonly string[] {
  const places = new Map(backend.order.map((uid, place) => [uid, place]));
  const { urgent, ordinary } = queuesOf(exporterId);
  return [urgent, ordinary].flatMap((queue) => {
    const uids = (disk.enqueued.get(queue) ?? []).map(uidIn);
    // One that was made twice, for its line was read twice, has two places; one that was rejected may have been sent
    // once more, by a process that did not live to note that.
    const once = uids.filter(
      (uid, place) =>
        uids.indexOf(uid) === place && uids.lastIndexOf(uid) === place && !backend.rejected.has(uid),
    );
    const taken = once.map((uid) => places.get(uid)).filter((place) => place !== undefined);
    const isSorted = taken.every((place, index) => index === 0 || (taken[index - 1] ?? 0) < place);
    return isSorted ? [] : [`records of ${queue} were delivered out of order`];
  });
}

/** The uid of a stored record. */
const uidIn = (text: string): string => /"log\.record\.uid":"([0-9a-f]+)"/.exec(text)?.[1] ?? '';

/** The equations of design §3, on what is on disk. */
function equationProblems({ disk, writer }: World): readonly string[] {
  const scan = (table: string) => [...(disk.tables.get(table) ?? [])];
  const of = (component: string) => {
    const all = counters({ scan }, component);
    return (name: string): number => all.get(name) ?? 0;
  };
  const [receiver, processor, exporter] = [of(receiverId), of(processorId), of(exporterId)];
  const { urgent, ordinary, dead } = queuesOf(exporterId);
  const length = (queue: string): number => disk.queues.get(queue)?.length ?? 0;
  const problems: string[] = [];
  const same = (what: string, left: number, right: number): void => {
    if (left !== right) problems.push(`unaccounted: ${what}: ${left} is not ${right}`);
  };
  const [lines, evaluated] = [receiver('lines'), processor('evaluated')];
  same('lines read', lines, evaluated + processor('malformed') + receiver('oversize'));
  for (const id of ['removed', 'entered', 'refused']) {
    const one = (name: string): number => processor(`detection/${id}/${name}`);
    same(`${id} evaluated`, evaluated, one('unmatched') + one('allowed') + one('counted'));
    same(`${id} findings`, one('findings'), one('emitted') + one('suppressed'));
  }
  const ends = exporter('delivered') + exporter('dead') + exporter('dropped') + exporter('suppressed');
  same('records', exporter('records'), ends + length(urgent) + length(ordinary));
  same('dead letters', exporter('dead'), length(dead));
  if (writer.uncountable) return problems;
  const doubtful = writer.lines.filter((line) => line.doubtful).length;
  const written = writer.lines.length + writer.malformed + writer.oversize;
  if (lines > written) problems.push(`unexpected: ${lines} lines were read, ${written} were written`);
  if (lines < written - doubtful && !writer.destructive)
    problems.push(`lost: ${lines} of ${written} lines were read`);
  return problems;
}
