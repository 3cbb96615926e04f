import type { Notice } from '../record/notice.ts';
import { formatBytes } from '../util/byte-size.ts';
import type { Quarantined } from './quarantine.ts';

/** A request was answered with 200, but not all of its body could be read as events. */
export function quarantinedNotice(
  receiver: string,
  { source, reason, hash, bytes }: Omit<Quarantined, 'text'>,
): Notice {
  return {
    kind: 'body_quarantined',
    message:
      `${receiver}: a body of ${formatBytes(bytes)} from ${source} does not wholly hold audit events: ${reason}; ` +
      `what could be read of it was taken, and it is kept, shortened`,
    identity: [hash],
    attributes: {
      'riskpipe.receiver': receiver,
      'client.address': source,
      'riskpipe.notice.length': bytes,
      'riskpipe.notice.hash': hash,
    },
  };
}
