import { expect, test } from 'vitest';
import { PaneRows } from '../../../src/detection/operators/pane-rows.ts';
import { MemoryStore } from '../../../src/store/memory.ts';

test('the size of a table is what the state would count, whatever is written', () => {
  const state = new MemoryStore().begin();
  const rows = new PaneRows(state);
  const check = (size: number): void => {
    expect(rows.size('t')).toBe(size);
    expect(state.count('t')).toBe(size);
  };
  rows.add('t', 'before anybody asked', true);
  check(1);
  rows.add('t', 'a', true);
  check(2);
  rows.put('t', 'a', 'again');
  rows.put('t', 'b', true);
  check(3);
  rows.delete('t', 'a');
  rows.delete('t', 'a');
  check(2);
  rows.add('t', 'a', 'new');
  check(3);
  expect(rows.get('t', 'a')).toBe('new');
});
