import { expect, test } from 'vitest';
import { observedRisk } from '../../../../../src/detection/frontends/splunk/files/observed-risk.ts';

const risk = (type: string, role: 'Victim' | 'Attacker') =>
  observedRisk({ message: 'm', impact: 70, confidence: 50, observable: [{ name: 'f', type, role: [role] }] });

test.each([
  ['User', 'user'],
  ['username', 'user'],
  ['Email Address', 'user'],
  ['Device', 'system'],
  ['Endpoint', 'system'],
  ['Hostname', 'system'],
  ['IP Address', 'system'],
  ['Container', 'other'],
  ['constructor', 'other'],
])('a victim of type "%s" is a risk object "%s"', (type, expected) => {
  const object = { field: 'f', type: expected, score: 35, impact: 70, confidence: 50 };
  expect(risk(type, 'Victim')).toEqual({ message: 'm', objects: [object], threats: [] });
});

test('trap 39: a victim of type "User Name" is "other", one of type "User" is "user"', () => {
  expect(risk('User Name', 'Victim').objects.map(({ type }) => type)).toEqual(['other']);
  expect(risk('User', 'Victim').objects.map(({ type }) => type)).toEqual(['user']);
});

test.each([
  ['Process Name', 'process'],
  ['Process', 'process'],
  ['File Name', 'file_name'],
  ['File', 'file_name'],
  ['File Hash', 'file_name'],
  ['IP Address', 'ip_address'],
  ['URL String', 'url'],
  ['URL', 'url'],
  ['Hostname', 'hostname'],
  ['toString', 'tostring'],
])('an attacker of type "%s" is a threat object "%s"', (type, expected) => {
  expect(risk(type, 'Attacker')).toEqual({
    message: 'm',
    objects: [],
    threats: [{ field: 'f', type: expected }],
  });
});
