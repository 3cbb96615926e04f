import type { ServerOptions } from 'node:https';
import { z } from 'zod';
import { ScriptedBackend, type Answer, type Received } from '../../chaos/scripted-backend.ts';

/** One event as HEC wants it (Splunk, "Format events for HTTP Event Collector"): nothing in `fields` is nested. */
const eventSchema = z.strictObject({
  time: z.number().optional(),
  host: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
  sourcetype: z.string().min(1).optional(),
  index: z.string().min(1).optional(),
  event: z.union([z.string().min(1), z.number(), z.boolean(), z.record(z.string(), z.unknown())]),
  fields: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).min(1)]))
    .optional(),
});

export type HecEvent = z.output<typeof eventSchema>;

interface HecServerOptions {
  readonly token: string;
  /** What the token may write to; anything unless given. */
  readonly indexes?: readonly string[];
  /** No event with this text in it is taken. */
  readonly poison?: string;
}

/** Splunk's HTTP Event Collector as its documentation has it: it checks path, token and every event, and says codes. */
export class HecServer {
  readonly backend: ScriptedBackend;
  /** What was taken, in the order of its coming. */
  readonly events: HecEvent[] = [];
  /** What the token has to be from now on. */
  token: string;
  readonly #options: HecServerOptions;

  private constructor(backend: ScriptedBackend, options: HecServerOptions) {
    this.backend = backend;
    this.#options = options;
    this.token = options.token;
    backend.otherwise = (request) => this.#answer(request);
  }

  /** `script`: the first answers, whatever comes. */
  static async start(
    options: HecServerOptions,
    script: readonly Answer[] = [],
    tls?: ServerOptions,
  ): Promise<HecServer> {
    return new HecServer(await ScriptedBackend.start(script, tls), options);
  }

  get url(): string {
    return this.backend.url;
  }

  stop(): Promise<void> {
    return this.backend.stop();
  }

  #answer({ method, url, headers, body }: Received): Answer {
    const path = url.split('?', 1)[0] ?? '';
    if (method !== 'POST' || !/^\/services\/collector(\/event)?$/.test(path))
      return { status: 404, body: '' };
    const { authorization } = headers;
    if (authorization === undefined) return said(401, 2, 'Token is required');
    if (!authorization.startsWith('Splunk ')) return said(401, 3, 'Invalid authorization');
    if (authorization !== `Splunk ${this.token}`) return said(403, 4, 'Invalid token');
    if (body.length === 0) return said(400, 5, 'No data');
    const texts = objectsIn(body.toString());
    const { indexes, poison } = this.#options;
    const events: HecEvent[] = [];
    for (const [number, text] of texts.entries()) {
      const problem = problemOf(text, poison);
      if (problem !== undefined) return said(400, problem.code, problem.text, number);
      const event = eventSchema.parse(JSON.parse(text));
      if (indexes?.includes(event.index ?? 'main') === false) return said(400, 7, 'Incorrect index', number);
      events.push(event);
    }
    this.events.push(...events);
    return said(200, 0, 'Success');
  }
}

const said = (status: number, code: number, text: string, number?: number): Answer => ({
  status,
  body: JSON.stringify({ text, code, ...(number !== undefined && { 'invalid-event-number': number }) }),
});

/** Why HEC refuses the event, by its code; undefined if it takes it. */
export function problemOf(text: string, poison?: string): { code: number; text: string } | undefined {
  const invalid = { code: 6, text: 'Invalid data format' };
  if (poison !== undefined && text.includes(poison)) return invalid;
  // splunkd reads no exponent.
  if (/^\{"time":[^,]*[eE]/.test(text)) return { code: 15, text: 'Error in handling indexed fields' };
  const { error } = eventSchema.safeParse(JSON.parse(text));
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return undefined;
  if (issue.path[0] === 'event') return { code: 12, text: 'Event field is required' };
  return issue.path[0] === 'fields' ? { code: 15, text: 'Error in handling indexed fields' } : invalid;
}

/** The JSON objects that stand one behind the other, with or without blanks between them. */
function objectsIn(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (token === '{' && depth++ === 0) from = index;
    if (token === '}' && --depth === 0) found.push(text.slice(from, index + 1));
  }
  return found;
}
