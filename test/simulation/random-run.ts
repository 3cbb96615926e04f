import { judge } from './judgement.ts';
import { manners } from './model-backend.ts';
import { World } from './world.ts';

/** What became of one run. */
interface Outcome {
  readonly problems: readonly string[];
  readonly digest: string;
  readonly latest: readonly string[];
  readonly sometimes: ReadonlyMap<string, number>;
}

/** D1: everything that can happen to a process, in an order that `seed` determines, so many steps; then calm, and the verdict. */
export function randomRun(seed: number, steps: number): Promise<Outcome> {
  return World.of(seed, async (world) => {
    const { dice, effects } = world;
    const { gentle, harsh } = movesOf(world);
    // Some runs destroy nothing: what each finds is judged more strictly.
    const moves = dice.chance(0.6) ? [...gentle, ...harsh] : gentle;
    const faultShare = dice.chance(0.8) ? 0.03 : 0;
    effects.strike = (_, what) => {
      // There are many of these.
      const share = /^(?:stat|read)/.test(what) ? faultShare / 4 : faultShare;
      return dice.chance(share) ? dice.pick(['crash', 'error']) : undefined;
    };
    if (dice.chance(0.3)) world.files.mostPerRead = 1 + dice.below(400);
    await world.boot();
    for (let step = 0; step < steps; step++) {
      if (world.isDown) await world.restart();
      await moves[dice.below(moves.length)]?.();
    }
    const calm = await world.heal();
    const problems = calm ? await judge(world) : ['it does not come to rest'];
    return { problems, digest: effects.digest(), latest: effects.latest, sometimes: effects.sometimes };
  });
}

type Move = () => unknown;

interface Moves {
  /** As often as it is there, a move is likely. */
  readonly gentle: readonly Move[];
  /** These may destroy what nobody has read, or let the clock jump. */
  readonly harsh: readonly Move[];
}

function movesOf(world: World): Moves {
  const { dice, writer, backend, time } = world;
  const note =
    (what: string, move: Move): Move =>
    () => {
      world.effects.note(what);
      world.effects.sometime(what);
      return move();
    };
  const times = (count: number, move: Move): readonly Move[] => Array.from({ length: count }, () => move);
  const gentle: readonly Move[] = [
    ...times(
      5,
      note('write', () => writer.write(1 + dice.below(6))),
    ),
    ...times(
      6,
      note('read', () => world.read(dice.chance(0.5) ? dice.chance(0.3) : undefined)),
    ),
    ...times(
      4,
      note('let go', () => world.waitingEffects > 0 && world.release(dice.below(world.waitingEffects))),
    ),
    ...times(
      3,
      note('wait', () => time.pass(dice.below(2_000))),
    ),
    ...times(
      2,
      note('tick', () => world.tick()),
    ),
    note('wait long', () => time.pass(dice.below(40_000))),
    note('gate', () => (world.isGated = dice.chance(0.5))),
    note('begin a line', () => writer.begin()),
    note('finish a line', () => writer.finish()),
    note('rotate', () => writer.rotate()),
    note('other manner', () => (backend.manner = dice.pick(manners))),
    note('good manners', () => (backend.manner = 'well')),
    note('crash', () => world.restart()),
    note('catch up', () => world.catchUp()),
    note('junk', () => (dice.chance(0.3) ? writer.writeJunk() : writer.writeOversize())),
  ];
  const harsh: readonly Move[] = [
    note('rotate away', () => writer.rotateAway()),
    note('replace', () => writer.replace()),
    note('copytruncate', () => writer.copyTruncate(true)),
    note('copytruncate with a hole', () => writer.copyTruncate(false)),
    note('regrow', () => writer.regrow()),
    note('replace by a copy', () => writer.replaceByCopy()),
    note('sync the log', () => writer.sync()),
    note('lose power', async () => {
      writer.losePower();
      await world.restart();
    }),
    note('clock jump', () => {
      time.wallOffset += (dice.share() - 0.5) * 7_200_000;
      world.jumped = true;
    }),
  ];
  return { gentle, harsh };
}
