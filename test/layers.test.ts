import { describe, expect, test } from 'vitest';
import { forbiddenImports, importsOf, layerOf } from './layers/check.ts';
import { readSources } from './layers/sources.ts';
import { independent, layers } from './layers/table.ts';

const sources = readSources();

test('imports point down', () => {
  expect(forbiddenImports(sources)).toEqual([]);
});

test('every file of src belongs to a layer, and every layer names only layers', () => {
  expect([...sources.keys()].filter((path) => layerOf(path) === undefined)).toEqual([]);
  const named = [...Object.values(layers).flat(), ...independent].filter((layer) => layer !== '*');
  expect(named.filter((layer) => !Object.hasOwn(layers, layer))).toEqual([]);
});

describe('a planted import is caught', () => {
  for (const [what, path, text, complaint] of [
    ['upwards', 'record/line.ts', "import { Store } from '../store/store.ts';", 'record may not know store'],
    ['of a type', 'util/a.ts', "import type { Time } from '../record/time.ts';", 'util may not know record'],
    ['re-exported', 'store/a.ts', "export * from '../pipeline/id.ts';", 'store may not know pipeline'],
    ['for its effect', 'pipeline/a.ts', "import '../otlp/a.ts';", 'pipeline may not know otlp'],
    [
      'made when used',
      'service/a.ts',
      "await import('../receivers/nop.ts')",
      'service may not know receivers',
    ],
    ['inside a type', 'record/a.ts', "let x: import('../store/store.ts').Store", 'record may not know store'],
    [
      'over several lines',
      'detection/a.ts',
      "import {\n  a,\n  b,\n} from '../pipeline/a.ts'",
      'may not know pipeline',
    ],
    ['in double quotes', 'otlp/a.ts', 'import { x } from "../store/a.ts"', 'otlp may not know store'],
    [
      'of the engine by what it drives',
      'detection/operators/a.ts',
      "import '../engine.ts'",
      'may not know detection',
    ],
    [
      'of another component',
      'exporters/file.ts',
      "import './otlp-http/a.ts'",
      'no component imports another',
    ],
    ['of main', 'commands/run.ts', "import '../main.ts'", 'nothing imports main'],
    ['of a test', 'util/a.ts', "import '../../test/a.ts'", 'it lies outside src'],
    ['of OpenTelemetry', 'exporters/file.ts', "import '@opentelemetry/sdk-logs'", 'only otlp may'],
    ['computed', 'service/a.ts', 'import(name)', 'only a name in quotes can be checked'],
    ['from nowhere', 'helpers/a.ts', '', 'belongs to no layer'],
  ] as const) {
    test(what, () => {
      const found = forbiddenImports(new Map([[path, text]]));
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(`src/${path}`);
      expect(found[0]).toContain(complaint);
    });
  }
});

test('an import that the table allows is let through', () => {
  const allowed = new Map([
    ['processors/detection.ts', "import { Engine } from '../detection/engine.ts';"],
    [
      'receivers/file-log.ts',
      "import { Tail } from './file-log/tail.ts';\nimport { watch } from 'chokidar';",
    ],
    ['otlp/encode.ts', "import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';"],
    ['record/own.ts', "import manifest from '../../package.json' with { type: 'json' };"],
    ['main.ts', "import { run } from './commands/run.ts';"],
  ]);
  expect(forbiddenImports(allowed)).toEqual([]);
});

test('what a comment says is no import', () => {
  expect(importsOf("/** as `import { x } from 'y'` */\n// import 'z'\nimport 'a';")).toEqual(['a']);
});
