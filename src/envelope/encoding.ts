import { anyObject, auditEvent, eventList } from './audit-event.ts';
import { cloudwatchLogs, firehoseDelivery, lambdaEvent } from './aws.ts';
import { azureRecord, azureRecords } from './azure.ts';
import type { Envelope } from './envelope.ts';
import { logEntry, pubsubPush } from './google.ts';

const aws = [cloudwatchLogs, firehoseDelivery, lambdaEvent];
const azure = [azureRecords, azureRecord];
const google = [pubsubPush, logEntry];

/**
 * How documents are written: by the names of the Collector's encoding extensions, which read the same ones, and `auto`,
 * for which each shows its own shape. An event is looked for first: what is in it cannot make an envelope of it.
 */
const envelopes = {
  auto: [auditEvent, eventList, ...aws, ...azure, ...google],
  aws_logs_encoding: aws,
  azure_encoding: azure,
  google_cloud_logentry_encoding: google,
  json_log_encoding: [eventList, anyObject],
} satisfies Readonly<Record<string, readonly Envelope[]>>;

export type Encoding = keyof typeof envelopes;

/** All of them, as a configuration may name them. */
export const encodings = Object.keys(envelopes) as readonly Encoding[];

/** What a document may be; the first that accepts it counts. */
export const envelopesOf = (encoding: Encoding): readonly Envelope[] => envelopes[encoding];
