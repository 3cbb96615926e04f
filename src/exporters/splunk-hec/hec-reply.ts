import { z } from 'zod';

const schema = z.object({
  text: z.string().default(''),
  code: z.number().int(),
  'invalid-event-number': z.number().int().optional(),
});

/** What HEC says in the body of an answer. */
export interface HecReply {
  readonly text: string;
  /** 0 is success; the others are in Splunk's list of HEC's error codes. */
  readonly code: number;
  /** The first event that it does not take, from 0. */
  readonly invalidEvent: number | undefined;
}

/** Undefined if the body is not one of HEC: a proxy answered, say. */
export function readHecReply(body: Uint8Array): HecReply | undefined {
  try {
    const {
      text,
      code,
      'invalid-event-number': invalidEvent,
    } = schema.parse(JSON.parse(Buffer.from(body).toString()));
    return { text, code, invalidEvent };
  } catch {
    return undefined;
  }
}
