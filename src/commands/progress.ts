import type { Logger } from '../pipeline/logger.ts';
import type { Progress } from '../pipeline/component.ts';
import type { Service } from '../service/service.ts';
import { withThousands } from '../util/with-thousands.ts';

export interface ProgressDisplay {
  /** Takes the bar away. */
  end(): void;
  /** `read 46 lines, 46.2 kB in 0.12 s (0.4 MB/s)` */
  summary(): string;
}

const width = 24;

/**
 * Shows how far a replay is that began at `since`, of `performance.now()`: a bar on a terminal, a line every five
 * seconds elsewhere. On standard error.
 */
export function showProgress(service: Pick<Service, 'graph'>, log: Logger, since: number): ProgressDisplay {
  const out = process.stderr;
  const seconds = (): number => (performance.now() - since) / 1_000;
  const draw = (): void => {
    const text = progressText(totalOf(service), seconds());
    if (out.isTTY) out.write(`\r\u001b[K${bar(totalOf(service))} ${text}`);
    else log.info(text);
  };
  const timer = setInterval(draw, out.isTTY ? 200 : 5_000);
  let took = 0;
  return {
    end() {
      clearInterval(timer);
      took = seconds();
      if (out.isTTY) out.write('\r\u001b[K');
    },
    summary() {
      const { lines, bytes } = totalOf(service);
      return `read ${withThousands(String(lines))} lines in ${took.toFixed(2)} s (${rate(bytes, took)})`;
    },
  };
}

/** `74 %   4,300,000 lines   3.4 MB/s   3 s left` */
export function progressText({ lines, bytes, behind }: Progress, seconds: number): string {
  const left = bytes === 0 ? undefined : Math.ceil((behind / bytes) * seconds);
  return [
    `${percent({ lines, bytes, behind })} %`,
    `${withThousands(String(lines))} lines`,
    rate(bytes, seconds),
    ...(left === undefined ? [] : [`${left} s left`]),
  ].join('   ');
}

function bar(progress: Progress): string {
  const full = Math.round((percent(progress) / 100) * width);
  return '█'.repeat(full) + '·'.repeat(width - full);
}

const percent = ({ bytes, behind }: Progress): number =>
  bytes + behind === 0 ? 100 : Math.floor((100 * bytes) / (bytes + behind));

const rate = (bytes: number, seconds: number): string =>
  `${(bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(1)} MB/s`;

function totalOf(service: Pick<Service, 'graph'>): Progress {
  const total = { lines: 0, bytes: 0, behind: 0 };
  for (const receiver of service.graph.receivers.values()) {
    const progress = receiver.progress?.();
    total.lines += progress?.lines ?? 0;
    total.bytes += progress?.bytes ?? 0;
    total.behind += progress?.behind ?? 0;
  }
  return total;
}
