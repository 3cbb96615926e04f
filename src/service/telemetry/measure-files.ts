import type { Measurement } from '../../otlp/metric-data.ts';
import type { FileLag } from '../file-lag.ts';
import type { Status } from '../status.ts';
import { measured } from './measured.ts';

/** How far files are behind: all of a receiver's together, and one by one the `most` that are furthest behind. */
export function measureFiles({ files }: Pick<Status, 'files'>, most: number): readonly Measurement[] {
  return Object.entries(files).flatMap(([receiver, lags]) => {
    const worst = lags.toSorted((one, other) => (other.lag ?? 0) - (one.lag ?? 0)).slice(0, most);
    const bytes = lags.reduce((sum, { lag }) => sum + (lag ?? 0), 0);
    const seconds = lags.reduce((longest, { lagSeconds }) => Math.max(longest, lagSeconds ?? 0), 0);
    return [
      measured('riskpipe_receiver_files', lags.length, { receiver }),
      measured('riskpipe_receiver_lag_bytes', bytes, { receiver }),
      measured('riskpipe_receiver_lag_seconds', seconds, { receiver }),
      ...worst.flatMap((file) => ofFile(receiver, file)),
    ];
  });
}

/** None for a file that is not there under its name. */
function ofFile(receiver: string, { path, lag, lagSeconds }: FileLag): readonly Measurement[] {
  const labels = { receiver, file: path };
  return [
    ...(lag === null ? [] : [measured('riskpipe_file_lag_bytes', lag, labels)]),
    ...(lagSeconds === null ? [] : [measured('riskpipe_file_lag_seconds', lagSeconds, labels)]),
  ];
}
