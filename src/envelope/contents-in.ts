import { JsonObject, parseJson } from '../record/json.ts';
import { eventList } from './audit-event.ts';
import { documentsIn } from './documents-in.ts';
import { broken, event, type Content, type Envelope } from './envelope.ts';
import { eventsIn } from './event-list.ts';

/** Nothing in an envelope is so short: without a bound a few bytes of nothing each would fill the memory. */
const shortest = 64;
const few = 1_024;

const byteOrderMark = Buffer.from('\uFEFF');
/** What gzip begins with, in base64: as Kinesis and Lambda carry it (spec/k8s-audit.md §9). */
const packedMark = 'H4sI';
const openObject = 123;

/**
 * What is in the documents of `bytes` (`documentsIn`), each of them one of `envelopes`, in order. What cannot be read is
 * broken, and what stands beside it is not lost for it. Never throws.
 */
export function contentsIn(bytes: Buffer, envelopes: readonly Envelope[]): readonly Content[] {
  const isMarked = byteOrderMark.equals(bytes.subarray(0, byteOrderMark.length));
  const most = few + bytes.length / shortest;
  const contents: Content[] = [];
  let isEmpty = true;
  for (const document of documentsIn(isMarked ? bytes.subarray(byteOrderMark.length) : bytes)) {
    isEmpty = false;
    for (const content of contentsOf(document, envelopes)) {
      if (contents.length >= most) return [...contents, broken('it holds more than so many bytes can')];
      contents.push(content);
    }
  }
  return isEmpty ? [broken('there is nothing in it')] : contents;
}

/** True if bytes begin as documents do, blanks aside; others hold none, whatever stands in them. */
export const beginsDocument = (bytes: Buffer): boolean =>
  /^\s*(?:[[{]|H4sI)/.test(bytes.toString('latin1', 0, 64));

function* contentsOf(document: Buffer, envelopes: readonly Envelope[]): Generator<Content, void> {
  if (document[0] !== openObject) {
    yield document.toString('latin1', 0, packedMark.length) === packedMark
      ? { kind: 'packed', base64: document.toString('latin1') }
      : broken('there is something that is no JSON object');
    return;
  }
  const value = parseJson(document);
  const envelope = value instanceof JsonObject && envelopes.find((one) => one.accepts(value));
  if (value instanceof JsonObject && envelope) yield* envelope.open(value);
  else if (value !== undefined)
    yield broken('there is an object that is neither an audit event nor a known document');
  else yield* salvaged(document, envelopes);
}

/** Of a list of events those that stand before what is wrong with it. */
function* salvaged(document: Buffer, envelopes: readonly Envelope[]): Generator<Content, void> {
  const { spans } = envelopes.includes(eventList) ? eventsIn(document) : { spans: [] };
  for (let index = 0; index < spans.length; index += 2) {
    yield event(document.toString('utf8', spans[index], spans[index + 1]));
  }
  yield broken('there is an object that is not valid JSON');
}
