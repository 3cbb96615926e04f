import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  contentKind,
  type ContentKind,
} from '../../../../../src/detection/frontends/splunk/files/content-kind.ts';
import { nativeFrontend } from '../../../../../src/detection/frontends/native/native.ts';

test.each<[string, ContentKind | undefined]>([
  ['name: X\nsearch: x\ntype: TTP\n', 'detection'],
  ['name: X\nsearch: x\ntags: {}\n', 'detection'],
  ['\'name\': X\n"search": x\ntype: TTP\r\n', 'detection'],
  ['\ufeffname: X\nsearch: x\ntype: TTP\n', 'detection'],
  ['rba: {}\nsearch: x\n', 'detection'],
  ['name: X\nsearch: x\n', undefined],
  ['name: X\nsearch: x\ntype: Baseline\n', 'baseline'],
  ["name: X\nsearch: x\ntype: 'Investigation'\n", 'investigation'],
  ['name: X\ndefinition: x\n', 'macro'],
  ['name: X\nscheduling: {}\ntype: TTP\n', 'deployment'],
  ['name: X\nlookup_type: csv\n', 'lookup'],
  ['name: X\nfilename: x.csv\n', 'lookup'],
  ['name: X\ncollection: x\n', 'lookup'],
  ['name: X\nnarrative: >\n  x\n', 'story'],
  ['name: X\nplaybook: x\n', 'playbook'],
  ['name: X\ntheme: dark\n', 'dashboard'],
  ['name: X\nsource: a\nsourcetype: b\n', 'data source'],
  ['detection: x\ntitle: T\nwhere: {verb: get}\n', undefined],
  ['text: |\n  name: X\n  search: x\n  type: TTP\n', undefined],
  ['', undefined],
])('%j is %s', (text, kind) => {
  expect(contentKind(text)).toBe(kind);
});

const data = join('..', 'shared', 'data', 'escu');

test.skipIf(!existsSync(data)).each<[string, ContentKind]>([
  ['detections', 'detection'],
  ['macros', 'macro'],
  ['deployments', 'deployment'],
  ['kubernetes_security.story.yml', 'story'],
  ['kubernetes_audit.data_source.yml', 'data source'],
])('published files are what they are: %s', (path, kind) => {
  const whole = join(data, path);
  const files = path.endsWith('.yml') ? [whole] : readdirSync(whole).map((name) => join(whole, name));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    expect([file, contentKind(text)]).toEqual([file, kind]);
    expect(nativeFrontend.accepts({ path: file, text })).toBe(false);
  }
});
