import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditEvents } from '../e2e/audit-events.ts';
import { Workspace } from '../e2e/workspace.ts';
import { faultTest } from './fault-test.ts';
import { seed } from './knobs.ts';
import { payloads, unprintable } from './payloads.ts';

/** Puts a text into every place of an event that its author chooses. */
function poisoned(text: string, payload: string): string {
  const event = JSON.parse(text) as Record<string, unknown>;
  const message = `Pulling image "${payload}"`;
  return JSON.stringify({
    ...event,
    auditID: payload,
    userAgent: payload,
    requestURI: `/${payload}`,
    user: { username: payload, groups: [payload], extra: { [payload]: [payload] } },
    sourceIPs: [payload, '10.1.0.1'],
    objectRef: { resource: 'events', namespace: payload, name: payload },
    annotations: { [payload]: payload },
    requestObject: { kind: 'Event', message, reason: 'Pulling', involvedObject: { name: payload } },
  });
}

for (const encoding of ['json', 'console'] as const) {
  for (const verbosity of ['basic', 'normal', 'detailed'] as const) {
    faultTest(
      `P16: ${payloads.length} payloads, ${encoding} log, ${verbosity} records`,
      {},
      async (verdict) => {
        const workspace = new Workspace();
        const events = new AuditEvents(seed, Date.now());
        for (const [index, payload] of payloads.entries()) {
          const path = join(workspace.logs, `audit-${index}x\u001b[2J\u202e\n.log`);
          writeFileSync(path, `${poisoned(events.suspiciousPull().text, payload)}\n`);
          // A line that is none, and one that is too long, are told of as well.
          appendFileSync(path, `${payload.replaceAll('\n', ' ')}\n{"x":"${payload.replaceAll('\n', '')}"\n`);
          verdict.fired++;
        }
        const detection = workspace.write(
          'seen.yaml',
          JSON.stringify({
            detection: 'seen',
            title: 'Seen',
            where: { verb: 'create' },
            window: { every: '1h' },
            group_by: [
              { field: 'user.username', as: 'user' },
              { field: 'userAgent', as: 'agent' },
              { field: 'objectRef.name', as: 'name' },
            ],
            measures: { count: 'count()' },
            emit: 'first',
            risk: {
              message: '{user} was seen with {agent} at {name}',
              objects: [{ field: 'user', type: 'user', score: 10 }],
            },
          }),
        );
        const config = workspace.configure('', {
          processor: { detections: [detection], allowlists: [] },
          exporters: { debug: { verbosity } },
          service: { telemetry: { logs: { encoding, level: 'debug' } } },
          receiver: { max_log_size: '64KiB' },
        });
        const program = workspace.start(['replay', '--config', config]);
        const exit = await program.ended(30_000);
        if (exit !== 0) verdict.wrong.push(`it ended with ${exit}: ${program.stderr.slice(-500)}`);
        for (const [name, output] of Object.entries({ stdout: program.stdout, stderr: program.stderr })) {
          const found = unprintable.exec(output);
          if (found !== null) {
            const near = output.slice(Math.max(0, found.index - 60), found.index + 20);
            verdict.wrong.push(`${name} holds ${JSON.stringify(found[0])} near ${JSON.stringify(near)}`);
          }
          if (output.split('\n').some((line) => line.startsWith('{"level":"error","msg":"forged"}')))
            verdict.wrong.push(`${name} holds a forged line`);
        }
        if (encoding === 'json') {
          for (const line of program.stderr.split('\n')) {
            if (line !== '' && !isObject(line))
              verdict.wrong.push(`no JSON object: ${JSON.stringify(line.slice(0, 200))}`);
          }
        }
        if (verbosity !== 'basic' && !program.stdout.includes('was seen with'))
          verdict.lost.push('the records themselves');
      },
    );
  }
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
