import type { BenchCase } from '../contest.ts';
import { commits } from './commits.ts';
import { compile } from './compile.ts';
import { delivery } from './delivery.ts';
import { durable } from './durable.ts';
import { emission } from './emission.ts';
import { escu, escuRecorded } from './escu.ts';
import { fields } from './fields.ts';
import { fieldsWhole } from './fields-whole.ts';
import { flatness } from './flatness.ts';
import { idle } from './idle.ts';
import { ingest } from './ingest.ts';
import { live } from './live.ts';
import { memory } from './memory.ts';
import { seed } from './seed.ts';
import { seedWhole } from './seed-whole.ts';
import { start } from './start.ts';
import { tail } from './tail.ts';
import { webhook } from './webhook.ts';
import { workers } from './workers.ts';

/** All cases, in the order of the table. */
export const cases: readonly BenchCase[] = [
  seed,
  seedWhole,
  fields,
  fieldsWhole,
  flatness,
  escu,
  emission,
  memory,
  workers,
  durable,
  tail,
  idle,
  delivery,
  live,
  webhook,
  ingest,
  start,
  commits,
  compile,
  escuRecorded,
];
