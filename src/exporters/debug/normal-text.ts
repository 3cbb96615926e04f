import type { LogRecord } from '../../record/record.ts';
import { flow, indent } from './flow.ts';
import { alertPieces } from './alert-pieces.ts';
import type { Screen } from './screen.ts';
import { shownTime } from './shown-time.ts';
import { shortened, shownValue } from './shown-value.ts';

/** So much of a body or an attribute that is no alert of ours; the rest is for `detailed`. */
const glance = 400;

/**
 * A record for a person: a label, what it says, and below it what one needs to judge it. Ends with a newline.
 *
 *     RISK 20  Suspicious image web-7c9d.18e pulled in Kubernetes from ip 192.168.67.2 by user system:node:n1
 *              2026-04-12 12:30:19 UTC   kubernetes-suspicious-image-pulling   T1526 Cloud Service Discovery (Discovery)
 *              user system:node:n1   pod prod/web-7c9d   image docker.io/evil/xmrig:latest   from 192.168.67.2
 *              uid 5f1c...
 */
export function normalText(record: LogRecord, { style, width }: Screen): string {
  const label = labelOf(record).padEnd(indent);
  const isAlert = record.eventName === 'riskpipe.risk_event' || record.eventName === 'riskpipe.finding';
  const body = shownValue(record.body);
  const head = `${style.severity(label, record.severityNumber)}${style.bold(isAlert ? body : shortened(body, glance))}`;
  const [about, subject] = isAlert ? alertPieces(record) : otherPieces(record);
  const uid = record.attributes['log.record.uid'];
  const below = [
    ...flow([shownTime(record), ...about], width),
    ...flow(subject, width),
    ...(uid === undefined ? [] : flow([`uid ${shownValue(uid)}`], width).map((line) => style.dim(line))),
  ];
  return `${[head, ...below].join('\n')}\n`;
}

/** `RISK 20`, `FINDING`, `NOTICE`; of other records the severity as the source has it. */
function labelOf({ eventName, attributes, severityText }: LogRecord): string {
  switch (eventName) {
    case 'riskpipe.risk_event':
      return `RISK ${shortened(shownValue(attributes['risk.score'] ?? '?'), 12)} `;
    case 'riskpipe.finding':
      return 'FINDING';
    case 'riskpipe.notice':
      return 'NOTICE';
    default:
      return shortened(shownValue(severityText === '' ? 'LOG' : severityText), indent - 1);
  }
}

function otherPieces({ eventName, attributes }: LogRecord): readonly [readonly string[], readonly string[]] {
  const rest = Object.entries(attributes).filter(([name]) => name !== 'log.record.uid');
  return [
    eventName === '' ? [] : [shortened(shownValue(eventName), glance)],
    rest.map(([name, value]) => shortened(`${shownValue(name)}=${shownValue(value)}`, glance)),
  ];
}
