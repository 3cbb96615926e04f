import { expect, test } from 'vitest';
import { z } from 'zod';
import { commandLine } from '../../src/commands/command-line.ts';
import { components } from '../../src/components.ts';
import { exitCode } from '../../src/service/exit-code.ts';
import { codeIn, proseOf, tableRowsIn } from './pages.ts';

const rows = tableRowsIn(proseOf('README.md'));

for (const component of components) {
  const { type, kind } = component;
  test(`the README names every option of ${type}`, async () => {
    const [, , options = ''] = rows.find(([name, of]) => name === `\`${type}\`` && of === kind) ?? [];
    const { schema } = await component.load();
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const named = new Set(codeIn(options).flatMap((code) => code.split('.')));
    expect(Object.keys(properties).filter((option) => !named.has(option))).toEqual([]);
  });
}

test('the README lists every command', () => {
  const listed = new Set(rows.flatMap(([usage = '']) => /^`riskpipe (\w[\w-]*)/.exec(usage)?.[1] ?? []));
  const commands = commandLine().commands.map((command) => command.name());
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((name) => !listed.has(name))).toEqual([]);
});

test('the README lists the exit codes of the program', () => {
  const listed = rows.map(([code = '']) => code).filter((code) => /^\d+(?:, \d+)*$/.test(code));
  expect(listed).toEqual([...Object.values(exitCode).map(String), '130, 143']);
});
