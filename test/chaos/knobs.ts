/** A size of the suite: `RISKPIPE_<NAME>` if that is set, else what spec/reliability.md §3 asks for. */
export function size(name: string, full: number): number {
  const given = process.env[`RISKPIPE_${name}`];
  return given === undefined ? full : Number(given);
}

/** What every random choice of the suite follows from: `RISKPIPE_SEED`. */
export const seed = size('SEED', 20_260_412);
