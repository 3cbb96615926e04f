import type { Equation } from '../../service/equations.ts';
import type { FileLag } from '../../service/file-lag.ts';
import type { Status } from '../../service/status.ts';
import { unreachable } from '../../util/assert.ts';
import { formatDuration } from '../../util/duration.ts';
import { printable } from '../../util/printable.ts';
import { withThousands } from '../../util/with-thousands.ts';

/** A status for people, a line a fact; what others named is made printable. */
export function statusText(status: Status): readonly string[] {
  const lines = [
    headOf(status),
    ...(status.process?.health.reasons ?? []).map(
      ({ component, problem, since }) => `  ${component}: ${problem} (since ${since})`,
    ),
    '',
    ...section('read', filesOf(status)),
    ...section('to deliver', queuesOf(status)),
    ...section('accounts', status.equations.map(equationText)),
  ];
  const verdict = status.holds
    ? 'all accounts hold: nothing is lost'
    : 'an account does not hold: please report this, with this text';
  return [...lines, verdict].map(printable);
}

function headOf({ state, process, version, at }: Status): string {
  const who = process === undefined ? '' : `, process ${process.pid}, ${process.health.status}`;
  return `riskpipe ${version}, ${state}${who}, at ${at}`;
}

function filesOf({ files }: Status): readonly string[] {
  return Object.entries(files).flatMap(([receiver, all]) =>
    all.map((file) => `${receiver}  ${file.path}  at byte ${number(file.offset)}${restOf(file)}`),
  );
}

function restOf({ state, lag }: FileLag): string {
  switch (state) {
    case 'missing':
      return ', not there under this name';
    case 'archive':
      return ` of the log in it, ${lag === 0 ? 'read to its end' : 'not yet read to its end'}`;
    case 'plain':
      return `, ${number(lag ?? 0)} bytes behind`;
    default:
      return unreachable(state);
  }
}

function queuesOf({ exporters, oldest }: Status): readonly string[] {
  return Object.entries(exporters).map(([id, { queued = 0, dead = 0 }]) => {
    const first = oldest[id];
    const age = first && `, the oldest for ${formatDuration(first.ageSeconds * 1_000)}`;
    const where = dead > 0 ? '; "riskpipe dead list" shows them' : '';
    return `${id}  ${number(queued)} waiting${age ?? ''}, ${number(dead)} dead${where}`;
  });
}

function equationText({ what, total, parts, holds }: Equation): string {
  const sum = Object.entries(parts).map(([name, amount]) => `${number(amount)} ${name}`);
  return `${holds ? 'ok   ' : 'WRONG'}  ${what} ${number(total)} = ${sum.join(' + ')}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ''];
}

const number = (amount: number): string => withThousands(String(amount));
