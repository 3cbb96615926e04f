import { parseNetwork } from '../../../../util/network.ts';

/** True for an address with a prefix length: `10.0.0.0/8`, `2001:db8::/32`; not for an address alone. */
export const isNetwork = (text: string): boolean => text.includes('/') && parseNetwork(text) !== undefined;
