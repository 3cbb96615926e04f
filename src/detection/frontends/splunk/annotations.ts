import type { Technique } from '../../plan/plan.ts';
import type { DetectionSource } from './files/detection-source.ts';

/** Phases of the kill chain by ATT&CK tactic; ATT&CK 19 has two tactics of new names (spec/spl.md §4.1). */
const killChain: Readonly<Record<string, string>> = {
  reconnaissance: 'Reconnaissance',
  'resource development': 'Weaponization',
  'initial access': 'Delivery',
  execution: 'Installation',
  persistence: 'Installation',
  'privilege escalation': 'Exploitation',
  'defense evasion': 'Exploitation',
  stealth: 'Exploitation',
  'defense impairment': 'Exploitation',
  'credential access': 'Exploitation',
  discovery: 'Exploitation',
  'lateral movement': 'Exploitation',
  collection: 'Exploitation',
  'command and control': 'Command and Control',
  exfiltration: 'Actions on Objectives',
  impact: 'Actions on Objectives',
};

/** What frameworks say of a detection; some of it is not written but follows from the rest (spec/spl.md §4.1). */
export function annotationsOf(
  source: DetectionSource,
  attack: readonly Technique[],
): Readonly<Record<string, readonly string[]>> {
  const { tags, type } = source;
  const annotations: Readonly<Record<string, readonly string[]>> = {
    asset_type: tags.asset_type === '' ? [] : [tags.asset_type],
    cis20: [tags.security_domain === 'network' ? 'CIS 13' : 'CIS 10'],
    cve: tags.cve,
    data_source: [...new Set(source.data_source.flatMap((name) => name.split(/\s+AND\s+/)))],
    kill_chain_phases: phasesOf(attack),
    nist: [type === 'TTP' ? 'DE.CM' : 'DE.AE'],
    type: [type],
  };
  return Object.fromEntries(Object.entries(annotations).filter(([, values]) => values.length > 0));
}

function phasesOf(attack: readonly Technique[]): readonly string[] {
  const tactics = attack.flatMap((technique) => technique.tactics);
  const phases = tactics.flatMap(({ name }) => killChain[name.toLowerCase()] ?? []);
  return [...new Set(phases)].toSorted();
}
