import { expect, test } from 'vitest';
import { supportedCommands } from '../../../../../src/detection/frontends/splunk/lower/supported-commands.ts';
import { commandNames } from '../../../../../src/detection/frontends/splunk/spl/command-parsers.ts';
import { conversionNames } from '../../../../../src/detection/frontends/splunk/lower/lower-convert.ts';
import { stagesOf } from './lower-fixture.ts';

test('the commands that can be read are those that are documented', () => {
  expect(new Set(commandNames.values())).toEqual(new Set(Object.keys(supportedCommands)));
});

test.each(conversionNames)('the conversion %s is supported', (name) => {
  expect(stagesOf(`convert ${name}(a)`)).toMatchObject([{ kind: 'extend', columns: [{ as: 'a' }] }]);
});
