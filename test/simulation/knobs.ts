/** All of it, as spec/reliability.md §3.2 asks for; less by default, where every test run pays for it. */
const isFull = process.env['RISKPIPE_SIM'] === 'full';

const numberOf = (name: string, otherwise: number): number => {
  const given = process.env[name];
  return given === undefined ? otherwise : Number(given);
};

/** The first seed; others follow it. */
export const seed = numberOf('RISKPIPE_SIM_SEED', 1);

/** How many seeds, scenarios or schedules. One if a single seed is asked for. */
export const seeds = (few: number, all: number): number =>
  numberOf('RISKPIPE_SIM_SEEDS', process.env['RISKPIPE_SIM_SEED'] === undefined ? (isFull ? all : few) : 1);

/** Moves of one random run. */
export const steps = numberOf('RISKPIPE_SIM_STEPS', 50);

/** How many file operations follow each other at most. */
export const operations = numberOf('RISKPIPE_SIM_OPERATIONS', isFull ? 3 : 1);
