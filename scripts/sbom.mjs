// Prints the software bill of materials of a release, CycloneDX in JSON: riskpipe and each package whose code it
// contains or installs, with version, checksum and licence (spec/reliability.md H4). `npm run --silent sbom > FILE`
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { name, packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
const bill = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 }));
// npm names it after the folder of the checkout.
bill.metadata.component.name = name;

// With `--omit dev` npm leaves out packages that we need, too, if a tool of ours needs them as well.
const shipped = new Set([bill.metadata.component['bom-ref']]);
for (const [path, { version, dev }] of Object.entries(packages)) {
  if (path !== '' && dev !== true) shipped.add(`${path.split('node_modules/').at(-1)}@${version}`);
}
bill.components = bill.components.filter(
  (/** @type {{ name: string, version: string }} */ { name, version }) => shipped.has(`${name}@${version}`),
);
bill.dependencies = bill.dependencies
  .map((/** @type {{ ref: string, dependsOn: string[] }} */ { ref, dependsOn }) => ({
    ref,
    dependsOn: dependsOn.filter((on) => shipped.has(on)),
  }))
  .filter((/** @type {{ ref: string }} */ { ref }) => shipped.has(ref));
process.stdout.write(`${JSON.stringify(bill, undefined, 2)}\n`);
