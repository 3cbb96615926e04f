import { programOnPath, versioned } from './on-path.ts';
import type { Yardstick } from './yardstick.ts';

export const jq: Yardstick = {
  name: 'jq',
  recipe: 'install jq ("apt install jq")',
  find: () => versioned(programOnPath('jq')),
};

/** The seed's search for jq. */
export const jqSearch =
  'select((.requestObject | objects | .message | strings) // "" | test("^pulling image"; "i"))';
