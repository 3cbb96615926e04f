import manifest from '../../package.json' with { type: 'json' };
import type { Scope } from './record.ts';

/** Our version, as `package.json` has it. */
export const { version } = manifest;

/** The scope of every record that we make ourselves (design §8). */
export const ownScope: Scope = { name: 'riskpipe', version, attributes: {} };

/** True for the names of the events that we make: findings, risk events, notices. They pass a detection unread. */
export const isOwnEvent = (eventName: string): boolean => eventName.startsWith('riskpipe.');
