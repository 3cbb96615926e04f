import { expect, test } from 'vitest';
import { BearerTokens } from '../../src/net/bearer-tokens.ts';
import { seeded } from '../e2e/random.ts';
import { Workspace } from '../e2e/workspace.ts';
import { seed, size } from './knobs.ts';
import { Sample } from './welch.ts';

/** Looks at a header for each length of a right beginning. */
const samples = size('TIMINGS', 100_000);
/** Of each length, before new ones are made. */
const atOnce = 1_000;
/** Beyond it a leak is as good as proven (test vector leakage assessment). */
const proven = 4.5;
const token = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

const patience = { timeout: 300_000 };

/** spec/reliability.md P13. No speed is asserted: only that it does not hang on how much of a token is right. */
test('how long a token is looked at does not tell how much of it is right', patience, async () => {
  const tokens = new BearerTokens(new Workspace().write('tokens', `${token}\n`), '');
  await tokens.refresh();
  expect(Math.max(...leaks((header) => tokens.admits(header)))).toBeLessThan(proven);
});

test('what leaves at the first wrong letter would be found out by the same look', patience, () => {
  expect(Math.max(...leaks(leavesEarly))).toBeGreaterThan(proven);
});

function leavesEarly(header: string): boolean {
  for (let at = 0; at < token.length; at++) {
    if (header.charCodeAt(at + 'Bearer '.length) !== token.charCodeAt(at)) return false;
  }
  return true;
}

/** For each length of a right beginning, how far its times are from those of tokens that are all wrong. */
function leaks(admits: (header: string) => boolean): readonly number[] {
  const random = seeded(seed);
  // Without the whole token: that it is the right one is what the answer says.
  const times = Array.from({ length: token.length }, (): number[] => []);
  for (let round = 0; round < samples; round += atOnce) {
    // Made beforehand and in random order, so that whatever else happens strikes all lengths alike.
    const shown = Array.from({ length: atOnce * times.length }, () => {
      const right = Math.floor(random() * times.length);
      return { right, header: headerOf(right, random) };
    });
    for (const { right, header } of shown) {
      const before = performance.now();
      admits(header);
      times[right]?.push(performance.now() - before);
    }
  }
  // The slow ones tell of the machine, not of the token.
  const usual = percentile(times.flat(), 0.9);
  const [none = new Sample(), ...some] = times.map((all) => sampleOf(all.filter((time) => time <= usual)));
  return some.map((sample) => Math.abs(sample.apartFrom(none)));
}

/** A token whose first wrong letter has so many right ones before it; one flat text, as if it came over a network. */
function headerOf(right: number, random: () => number): string {
  const eight = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  const hex = eight() + eight() + eight() + eight();
  const wrong = (parseInt(token[right] ?? '', 16) ^ (1 + Math.floor(random() * 15))).toString(16);
  const text = `Bearer ${token.slice(0, right)}${wrong}${hex.slice(right + 1)}`;
  return Buffer.from(text).toString('latin1');
}

function sampleOf(times: readonly number[]): Sample {
  const sample = new Sample();
  for (const time of times) sample.add(time);
  return sample;
}

function percentile(values: readonly number[], part: number): number {
  return Float64Array.from(values).sort()[Math.floor(values.length * part)] ?? 0;
}
