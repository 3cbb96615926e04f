import type { BenchCase, Contestant, Goal } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { seedSet, type DetectionSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { startListening } from '../lab/listening-sidecar.ts';
import { LoopbackBackend } from '../lab/loopback-backend.ts';
import { floodFigures, paceFigures, type StartOn } from '../load/load-figures.ts';
import { protocols, type Protocol } from '../load/load.ts';
import { collector } from '../yardsticks/collector.ts';
import { startRelay } from '../yardsticks/collector-relay.ts';

const detecting = (protocol: Protocol): string => `riskpipe detecting, ${protocol}`;
const forwarding = (protocol: Protocol): string => `riskpipe forwarding, ${protocol}`;
const relaying = (protocol: Protocol): string => `Collector forwarding, ${protocol}`;

const eventsPerSecond = 4_000;
const steady = (protocol: Protocol): string => `${detecting(protocol)}, 4,000 events/s`;
/** The webhook's are in its own case. */
const paced = protocols.filter((protocol) => protocol !== 'webhook');

const noDetections: DetectionSet = { detections: [] };

export const ingest: BenchCase = {
  name: 'ingest',
  title: '17. Events sent over OTLP and the webhook, durable before the answer',
  logs: 'synthetic',
  async prepare(lab) {
    const backend = await LoopbackBackend.start();
    const sidecar =
      (set: DetectionSet) =>
      (protocol: Protocol): StartOn =>
      (port) =>
        startListening(lab, protocol, port, set, exportersTo(backend));
    const [detect, forward] = [sidecar(seedSet), sidecar(noDetections)];
    const assembly = new Assembly(lab.shelf);
    for (const protocol of protocols) {
      assembly
        .add(flooded(lab, detecting(protocol), protocol, detect(protocol)))
        .add(flooded(lab, forwarding(protocol), protocol, forward(protocol)))
        .against(collector, ({ path }) => {
          const relay: StartOn = (port) => startRelay(path, lab.scratch, protocol, port, backend.endpoint);
          return [flooded(lab, relaying(protocol), protocol, relay)];
        });
    }
    return assembly
      .add(...paced.map((protocol) => watched(lab, protocol, detect(protocol))))
      .remark(how)
      .contest([...protocols.flatMap(speedGoals), ...paced.map(memoryGoal)], () => backend.stop());
  },
};

const how =
  '15 clients with a connection each send 400 events of the synthetic log in a request, unpacked, the next one as soon as the last ' +
  'is acknowledged. Detecting: the seed detection looks at every event, and what it finds is queued on disk and sent to a ' +
  'backend on the loopback address. Forwarding: every event is queued on disk and sent there, by the Collector with ' +
  '"fsync: true" and without a batch processor. The Collector takes what the webhook sends as one record a request. Everybody ' +
  'shares the machine with the clients and the backend.';

const flooded = (lab: Lab, name: string, protocol: Protocol, start: StartOn): Contestant => ({
  name,
  run: () => floodFigures(name, protocol, lab.watchMs, start),
});

const watched = (lab: Lab, protocol: Protocol, start: StartOn): Contestant => ({
  name: steady(protocol),
  run: () => paceFigures(steady(protocol), protocol, eventsPerSecond, lab.watchMs, start),
});

const exportersTo = ({ endpoint }: LoopbackBackend): Readonly<Record<string, object>> => ({
  otlp_http: { endpoint, compression: 'none', sending_queue: { storage: 'file_storage' } },
});

const speedGoals = (protocol: Protocol): readonly Goal[] =>
  [detecting, forwarding].map((of) => ({
    kind: 'ratio',
    of: of(protocol),
    to: relaying(protocol),
    must: 1,
    aim: 2,
  }));

const memoryGoal = (protocol: Protocol): Goal => ({
  kind: 'most',
  of: `${steady(protocol)}, peak memory`,
  unit: 'MB',
  must: 150,
  aim: 120,
});
