/** Sets of plans are rows of 64-bit words, `words` of them in every set of a scan. Copies one; false if it is empty. */
export function copySet(to: usize, from: usize, words: u32): bool {
  let any: u64 = 0;
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    const word = load<u64>(from + at);
    store<u64>(to + at, word);
    any |= word;
  }
  return any != 0;
}

export function addSet(to: usize, from: usize, words: u32): void {
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    store<u64>(to + at, load<u64>(to + at) | load<u64>(from + at));
  }
}

export function keepSet(to: usize, from: usize, words: u32): void {
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    store<u64>(to + at, load<u64>(to + at) & load<u64>(from + at));
  }
}

export function removeSet(to: usize, from: usize, words: u32): void {
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    store<u64>(to + at, load<u64>(to + at) & ~load<u64>(from + at));
  }
}

/** Replaces the plans of `which` in one set by those that the other has. */
export function chooseSet(to: usize, other: usize, which: usize, words: u32): void {
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    const chosen = load<u64>(which + at);
    store<u64>(to + at, (load<u64>(to + at) & ~chosen) | (load<u64>(other + at) & chosen));
  }
}

/** True if the two have a plan in common. */
export function meets(a: usize, b: usize, words: u32): bool {
  if (words == 1) return (load<u64>(a) & load<u64>(b)) != 0;
  for (let at: usize = 0; at < usize(words) << 3; at += 8) {
    if ((load<u64>(a + at) & load<u64>(b + at)) != 0) return true;
  }
  return false;
}
