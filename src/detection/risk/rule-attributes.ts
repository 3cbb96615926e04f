import type { Attributes, Value } from '../../record/value.ts';
import type { Plan, Technique } from '../plan/plan.ts';

/**
 * What every record of a detection says of it: `security_rule.*` of the semantic conventions, our own
 * `riskpipe.detection.id`, ATT&CK as lists of `{id, name}` in `threat.techniques` and `threat.tactics`, and what
 * frameworks say of it in `riskpipe.annotations`. What the detection leaves open is no attribute. The convention has room for one reference: the first.
 */
export function ruleAttributes(plan: Plan): Attributes {
  let attributes = known.get(plan);
  if (attributes === undefined) known.set(plan, (attributes = attributesOf(plan)));
  return attributes;
}

/** Every record of a plan says the same. */
const known = new WeakMap<Plan, Attributes>();

function attributesOf({ id, title, about }: Plan): Attributes {
  const texts = {
    'riskpipe.detection.id': id,
    'security_rule.name': title,
    'security_rule.uuid': about.uuid,
    'security_rule.version': about.version,
    'security_rule.description': about.description,
    'security_rule.reference': about.references[0] ?? '',
    'security_rule.category': about.domain,
    'security_rule.license': about.license,
    'security_rule.ruleset.name': about.story.join(', '),
  };
  const attributes: Record<string, Value> = {};
  for (const [name, text] of Object.entries(texts)) if (text !== '') attributes[name] = text;
  if (about.attack.length > 0) attributes['threat.techniques'] = about.attack.map(named);
  const tactics = tacticsOf(about.attack);
  if (tactics.length > 0) attributes['threat.tactics'] = tactics;
  if (Object.keys(about.annotations).length > 0) attributes['riskpipe.annotations'] = about.annotations;
  return attributes;
}

/** Each tactic once, in the order of the techniques. */
function tacticsOf(techniques: readonly Technique[]): readonly Value[] {
  const tactics = techniques.flatMap((technique) => technique.tactics);
  return [...new Map(tactics.map((tactic) => [tactic.id, named(tactic)])).values()];
}

function named({ id, name }: { readonly id: string; readonly name: string }): Value {
  return name === '' ? { id } : { id, name };
}
