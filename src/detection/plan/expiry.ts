import type { Time } from '../../record/time.ts';
import type { AllowEntry } from './plan.ts';

/** True if an allowlist entry no longer allows what happens at `time`. */
export const hasExpired = ({ expires }: Pick<AllowEntry, 'expires'>, time: Time): boolean =>
  expires !== undefined && time >= expires;

/** That an entry has expired, and who has to mend it, in one sentence for people. */
export const expiryMessage = ({ allowlist, index, owner, reason }: AllowEntry): string =>
  `entry ${index} of the allowlist "${allowlist}" has expired and no longer allows (owner ${owner}: ${reason})`;
