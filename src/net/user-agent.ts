import { version } from '../record/own.ts';

/** How a component says who it is, unless its configuration says otherwise. */
export const userAgent = `riskpipe/${version} (${process.platform}/${process.arch})`;
