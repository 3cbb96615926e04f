import { expect, test } from 'vitest';
import { seed, seeds } from './knobs.ts';
import { mountFiles } from './mounted-files.ts';
import { scenario } from './scenario.ts';

mountFiles();

const scenarios = seeds(1, 50);

test(
  `each effect of ${scenarios} scenarios fails once, and once the process ends at it (D2)`,
  { timeout: 600_000 },
  async () => {
    const wrong: string[] = [];
    let runs = 0;
    for (let number = 0; number < scenarios; number++) {
      const { effects } = await scenario(seed + number);
      for (const fault of ['error', 'crash'] as const) {
        for (let nth = 1; nth <= effects; nth++) {
          const { problems, fired } = await scenario(seed + number, { nth, fault });
          if (fired) runs++;
          for (const problem of problems)
            wrong.push(`scenario ${seed + number}, ${fault} at effect ${nth}: ${problem}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(runs).toBeGreaterThan(scenarios * 40);
  },
);
