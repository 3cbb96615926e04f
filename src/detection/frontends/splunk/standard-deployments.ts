import type { Schedule } from '../../plan/transform.ts';
import type { Deployment, DetectionType } from './content.ts';

const hourly: Schedule = { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' };

/** How ESCU deploys a detection of each type where nothing else is said (spec/spl.md §4.3). */
export const standardDeployments: Readonly<Record<DetectionType, Deployment>> = {
  TTP: { schedule: hourly, risk: true },
  Anomaly: { schedule: hourly, risk: true },
  Hunting: { schedule: hourly, risk: false },
  Correlation: { schedule: hourly, risk: false },
};
