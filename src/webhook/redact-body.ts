/** How much of a body is looked at, in bytes. */
const most = 16_384;

/** Names of which also a text that follows is kept: they are the API server's own, and hold no secret. */
const open = new Set([
  'kind',
  'apiVersion',
  'items',
  'metadata',
  'level',
  'auditID',
  'stage',
  'verb',
  'objectRef',
  'resource',
  'responseStatus',
  'requestObject',
  'responseObject',
  'requestReceivedTimestamp',
  'stageTimestamp',
]);

const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\],:]|[^"{}[\],:\s]+|"/gsu;
const word = /^(?:true|false|null)$/;

/**
 * The beginning of a body that cannot be read, without what may be secret (spec/reliability.md H15, H16): its
 * structure stays, and the names and texts of `open`; of all else the length. As nothing is certain about such a body,
 * what is kept is listed, not what is left out.
 */
export function redactBody(body: Buffer): string {
  let text = '';
  let name: string | undefined;
  for (const [whole, inside, ends] of body.toString('utf8', 0, most).matchAll(token)) {
    const isOpen = inside !== undefined && (ends !== undefined ? open.has(inside) : isPlain(name, inside));
    if (isOpen || /^[{}[\],:]$/.test(whole) || word.test(whole)) text += whole;
    else text += `<${(inside ?? whole).length}>${ends === undefined ? '' : ':'}`;
    name = ends === undefined ? undefined : inside;
  }
  return text;
}

/** A short text of ordinary characters behind an open name. */
const isPlain = (name: string | undefined, text: string): boolean =>
  name !== undefined && open.has(name) && /^[\w./:-]{0,64}$/.test(text);
