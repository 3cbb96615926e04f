import { z } from 'zod';
import { encodings } from '../envelope/encoding.ts';
import { Unpacked } from '../envelope/unpacked.ts';
import { listenerFiles } from '../net/listener-files.ts';
import { protectedListener } from '../net/listener-config.ts';
import type { ReceiverFactory } from '../pipeline/component.ts';
import { webhookOptions } from '../webhook/webhook-config.ts';
import { WebhookReceiver } from '../webhook/webhook-receiver.ts';
import { answersAt, authorizationOf } from './http/firehose.ts';

/** Pub/Sub gives up after 10 seconds unless it is told otherwise, and all these senders try again for hours. */
const holdMs = 8_000;
/** How often the largest body may be unpacked from one: CloudWatch packs audit events about 15 : 1. */
const mostBodies = 16;

const schema = z
  .strictObject({
    ...webhookOptions('127.0.0.1:14080'),
    encoding: z
      .enum(encodings)
      .default('auto')
      .describe(
        'What bodies are, by the names of the Collector\'s encoding extensions; "auto": each shows its own shape.',
      ),
  })
  .superRefine(protectedListener);

/**
 * `http`: takes the documents that services of clouds deliver audit events in (spec/k8s-audit.md §9): Firehose, Event
 * Hubs by way of a function, Pub/Sub push, and events as they are.
 */
export const http: ReceiverFactory<z.output<typeof schema>> = {
  type: 'http',
  schema,
  create: async (settings, config, next) => {
    const files = await listenerFiles(config, settings.directory);
    const piece = config.max_request_body_size;
    const unpackLimits = { piece, all: mostBodies * piece };
    const read = (body: Buffer): Unpacked => new Unpacked(body, config.encoding, unpackLimits);
    const answers = answersAt(settings.now);
    return new WebhookReceiver(settings, { config, files, holdMs, read, answers, authorizationOf }, next);
  },
};
