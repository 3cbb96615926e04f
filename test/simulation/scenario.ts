import type { Fault } from './effects.ts';
import { judge } from './judgement.ts';
import { manners } from './model-backend.ts';
import { World } from './world.ts';

/** Which effect a fault strikes. */
export interface Strike {
  /** Counted from 1. */
  readonly nth: number;
  readonly fault: Fault;
}

interface Result {
  readonly effects: number;
  readonly problems: readonly string[];
  /** The fault struck. */
  readonly fired: boolean;
}

const steps = 5;

/** A short history without chance but that of its seed: lines, rotations, answers; one effect of it may be struck. */
export function scenario(seed: number, strike?: Strike): Promise<Result> {
  return World.of(seed, async (world) => {
    const { effects, writer, dice, backend, time } = world;
    effects.strike = (n) => (n === strike?.nth ? strike.fault : undefined);
    const restartIfDown = async (): Promise<void> => {
      if (world.isDown) await world.restart();
    };
    await world.boot();
    for (let step = 0; step < steps; step++) {
      await restartIfDown();
      writer.write(1 + dice.below(4));
      if (step % 3 === 1) writer.begin();
      if (step % 4 === 2) writer.rotate();
      backend.manner = dice.chance(0.3) ? dice.pick(manners) : 'well';
      await world.read(step % 2 === 0);
      await restartIfDown();
      await time.pass(1_500);
      await world.tick();
    }
    const { count, faults } = effects;
    const calm = await world.heal();
    const problems = calm ? await judge(world) : ['it does not come to rest'];
    return { effects: count, problems, fired: faults > 0 };
  });
}
