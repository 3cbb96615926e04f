import { compilePredicate } from '../../../src/detection/operators/predicate.ts';
import type { FieldRef } from '../../../src/detection/plan/field.ts';
import type { Meaning, ScanPlan } from '../../../src/detection/scan/columns.ts';
import { fieldTexts } from '../../../src/record/json-field.ts';
import { JsonObject, parseJson } from '../../../src/record/json.ts';
import { DecodedLine } from '../../../src/record/line.ts';

/** What the engine tells the scanner, all fields being those of the event. */
export const meaning: Meaning = { testsOf: compilePredicate, sourceOf: () => 'event' };

/** For which plans a line holds, as the plain path decides it; undefined if the line is malformed. */
export function plainPath(plans: readonly ScanPlan[]): (line: Uint8Array) => readonly boolean[] | undefined {
  const predicates = plans.map(({ where }) => compilePredicate(where));
  return (line) => {
    const event = parseJson(new DecodedLine(line, 0).text);
    if (!(event instanceof JsonObject)) return undefined;
    const known = new Map<string, readonly string[]>();
    const texts = ({ name, arrays }: FieldRef): readonly string[] => {
      const key = `${arrays} ${name}`;
      let found = known.get(key);
      if (found === undefined) known.set(key, (found = fieldTexts(event, name, arrays)));
      return found;
    };
    return predicates.map((holds) => holds(texts));
  };
}
