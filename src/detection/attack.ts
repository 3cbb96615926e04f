import { tactics, techniques } from './attack-techniques.ts';
import type { Technique } from './plan/plan.ts';

/** Whether our table of MITRE ATT&CK (Enterprise) has the technique. */
export const isKnown = (id: string): boolean => Object.hasOwn(techniques, id);

/** A technique or sub-technique, such as `T1552.007`. An id that is not in our table has no name and no tactics. */
export function techniqueOf(id: string): Technique {
  const [name, ...indexes] = (isKnown(id) ? techniques[id] : undefined) ?? [''];
  return {
    id,
    name,
    tactics: tactics
      .filter((_, index) => indexes.includes(index))
      .map(([tactic, label]) => ({ id: tactic, name: label })),
  };
}
