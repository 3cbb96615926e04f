import { freePorts } from '../../e2e/free-ports.ts';
import type { Figure } from '../contest.ts';
import type { RunningProgram } from '../lab/running-program.ts';
import { Load, type Protocol } from './load.ts';

/** So much of the time passes before it counts: everything is compiled then, and has its buffers. */
const warmUp = 0.25;

/** Starts a program that listens on `port` of the loopback address. */
export type StartOn = (port: number) => Promise<RunningProgram>;

/** How many events a second a program acknowledges that is sent as many as it takes, and what it takes for that. */
export async function floodFigures(
  name: string,
  protocol: Protocol,
  ms: number,
  start: StartOn,
): Promise<readonly Figure[]> {
  return underLoad(protocol, start, async (load, program) => {
    await load.flood(ms * warmUp);
    const used = program.cpuSeconds;
    const begin = performance.now();
    const taken = await load.flood(ms);
    const seconds = (performance.now() - begin) / 1_000;
    return [
      { name, unit: 'events/s', value: taken / seconds },
      { name: `${name}: CPU`, unit: 'us/event', value: ((program.cpuSeconds - used) * 1e6) / taken },
      { name: `${name}: peak memory`, unit: 'MB', value: program.peakMegabytes },
    ];
  });
}

/** What a program takes that is sent so many events a second. */
export async function paceFigures(
  name: string,
  protocol: Protocol,
  eventsPerSecond: number,
  ms: number,
  start: StartOn,
): Promise<readonly Figure[]> {
  return underLoad(protocol, start, async (load, program) => [
    {
      name: `${name}, CPU`,
      unit: '% of a core',
      value: await program.usageDuring(() => load.pace(eventsPerSecond, ms)),
    },
    { name: `${name}, peak memory`, unit: 'MB', value: program.peakMegabytes },
  ]);
}

async function underLoad<T>(
  protocol: Protocol,
  start: StartOn,
  measure: (load: Load, program: RunningProgram) => Promise<T>,
): Promise<T> {
  const [port = 0] = await freePorts(1);
  const program = await start(port);
  const load = new Load(protocol, port);
  try {
    return await measure(load, program);
  } finally {
    load.close();
    await program.stop();
  }
}
