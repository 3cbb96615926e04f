import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { secretPlaces } from './secret-places.ts';

// A detection that asks for the very field that holds the secret is the worst case: everything it puts out, stores
// or says must do without it (P19, H15).
faultTest(`P19: secrets in ${secretPlaces.length} places`, {}, async (verdict) => {
  const workspace = new Workspace();
  const canaryOf = (index: number): string => `canary-${index}-5a7e9c31d2`;
  const detections = secretPlaces.map(({ field }, index) =>
    workspace.write(
      `place-${index}.yaml`,
      JSON.stringify({
        detection: `place-${index}`,
        title: `Place ${index}`,
        where: { auditID: `place-${index}` },
        group_by: [
          { field, as: 'value' },
          { field: 'requestURI', as: 'uri' },
        ],
        window: { every: '1h' },
        measures: { count: 'count()' },
        emit: 'first',
        risk: { message: 'it is {value} at {uri}', objects: [{ field: 'value', type: 'user', score: 10 }] },
      }),
    ),
  );
  const lines = secretPlaces.map(({ event }, index) =>
    JSON.stringify({
      requestURI: '/',
      ...event(canaryOf(index)),
      auditID: `place-${index}`,
      stage: 'ResponseComplete',
      stageTimestamp: new Date().toISOString(),
    }),
  );
  writeFileSync(join(workspace.logs, 'audit.log'), lines.map((line) => `${line}\n`).join(''));
  for (const status of [200, 400]) {
    const backend = await workspace.backend(() => ({ status, store: true }));
    const state = workspace.path(`state-${status}`);
    const config = workspace.configure(backend.endpoint, {
      storedIn: state,
      processor: { detections },
      service: { telemetry: { logs: { encoding: 'json', level: 'debug' } } },
    });
    const program = workspace.start(['--config', config]);
    await program.ready();
    await until(
      () => backend.kept.size >= secretPlaces.length || program.exit !== undefined,
      () => `${secretPlaces.length} records; there are ${backend.kept.size}:\n${program.stderr}`,
    );
    program.signal('SIGTERM');
    await program.ended();
    verdict.fired += secretPlaces.length;
    const stored = readdirSync(state, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    const places = {
      records: JSON.stringify(backend.records),
      log: program.stderr + program.stdout,
      store: stored.join(''),
    };
    for (const [place, text] of Object.entries(places)) {
      for (const [index, { field }] of secretPlaces.entries()) {
        if (text.includes(canaryOf(index)))
          verdict.wrong.push(`${place} hold the secret of ${field} (place ${index})`);
      }
    }
  }
});
