import type { RiskObject } from '../../../plan/plan.ts';
import type { RiskSource } from './detection-source.ts';
import { riskScore } from './risk-score.ts';

interface Observable {
  readonly name: string;
  readonly type: string;
  readonly role: readonly ('Victim' | 'Attacker')[];
}

interface ObservedTags {
  readonly message: string;
  readonly impact: number;
  readonly confidence: number;
  readonly observable: readonly Observable[];
}

/** Types of risk objects by what the victim is; anything else is `other`, `User Name` too (spec/spl.md §4.4, trap 39). */
const victimTypes: Readonly<Record<string, string>> = {
  user: 'user',
  username: 'user',
  'email address': 'user',
  device: 'system',
  endpoint: 'system',
  hostname: 'system',
  'ip address': 'system',
};

/** Types of threat objects by what the attacker is; anything else keeps its name. */
const attackerTypes: Readonly<Record<string, string>> = {
  'process name': 'process',
  process: 'process',
  'file name': 'file_name',
  file: 'file_name',
  'file hash': 'file_name',
  'ip address': 'ip_address',
  'url string': 'url',
  url: 'url',
};

/** The risk that the tags of the older schema stand for (spec/spl.md §4.4); every risk object has the same score. */
export function observedRisk({ message, impact, confidence, observable }: ObservedTags): RiskSource {
  const score = riskScore(impact, confidence);
  const objects: RiskObject[] = [];
  const threats: { readonly field: string; readonly type: string }[] = [];
  for (const { name: field, type: written, role } of observable) {
    const type = written.toLowerCase();
    if (role.includes('Attacker')) threats.push({ field, type: entry(attackerTypes, type) ?? type });
    else objects.push({ field, type: entry(victimTypes, type) ?? 'other', score, impact, confidence });
  }
  return { message, objects, threats };
}

const entry = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
