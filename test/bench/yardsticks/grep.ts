import { programOnPath, versioned } from './on-path.ts';
import type { Yardstick } from './yardstick.ts';

/** GNU grep, in the C locale. */
export const grep: Yardstick = {
  name: 'grep',
  recipe: 'install GNU grep',
  find: () => versioned(programOnPath('grep')),
};
