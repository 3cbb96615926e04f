import { expect, test } from 'vitest';
import { isKnown, techniqueOf } from '../../src/detection/attack.ts';
import { tactics, techniques } from '../../src/detection/attack-techniques.ts';

test.each([
  ['T1526', 'Cloud Service Discovery', ['TA0007 Discovery']],
  ['T1552.007', 'Container API', ['TA0006 Credential Access']],
  [
    'T1078',
    'Valid Accounts',
    ['TA0001 Initial Access', 'TA0003 Persistence', 'TA0004 Privilege Escalation', 'TA0005 Defense Evasion'],
  ],
])('%s is %s', (id, name, expected) => {
  const technique = techniqueOf(id);
  expect(technique).toMatchObject({ id, name });
  expect(technique.tactics.map((tactic) => `${tactic.id} ${tactic.name}`)).toEqual(expected);
});

test.each(['T9999', 'T1526.999', 'toString', ''])('%j is in no table and keeps its id', (id) => {
  expect(isKnown(id)).toBe(false);
  expect(techniqueOf(id)).toEqual({ id, name: '', tactics: [] });
});

test('every technique has a name and a tactic, and every sub-technique its technique', () => {
  const broken = Object.entries(techniques).filter(
    ([id, [name, ...indexes]]) =>
      name === '' ||
      indexes.length === 0 ||
      indexes.some((index) => tactics[index] === undefined) ||
      !isKnown(id.slice(0, 5)),
  );
  expect(broken).toEqual([]);
  expect(Object.keys(techniques).length).toBeGreaterThan(600);
});
