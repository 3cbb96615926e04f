import { expect, test } from 'vitest';
import { loadText, problemsOf, valid } from './load-text.ts';

test('a component can tell where one of its options is written, whatever dots its keys hold', async () => {
  const config = await loadText(valid);
  const detection = config.processors.get('detection');
  const at = (path: string): string => {
    const { line, column } = detection?.placeOf(path) ?? { line: 0, column: 0 };
    return `${line}:${column}`;
  };
  expect(at('detections')).toBe('7:5');
  expect(at('detections[0]')).toBe('7:18');
  // What is not written has the place of what it would stand in.
  expect(at('overrides.a.b')).toBe('6:3');
});

test('a second store is refused: one process has one', async () => {
  const two = valid
    .replace('extensions:\n', 'extensions:\n  file_storage/other: {directory: /x}\n')
    .replace('extensions: [file_storage]', 'extensions: [file_storage, file_storage/other]');
  expect(await problemsOf(two)).toEqual([
    expect.stringContaining('a process has one store, and "file_storage'),
  ]);
});
