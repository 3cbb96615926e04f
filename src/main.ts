#!/usr/bin/env node
import { runCommandLine } from './commands/command-line.ts';
import { messageOf } from './commands/failure.ts';
import { keepOldGenerationSmall } from './commands/old-generation.ts';
import { keepYoungGenerationSmall } from './commands/young-generation.ts';
import { exitCode } from './service/exit-code.ts';
import { sealPrototypes } from './util/seal-prototypes.ts';

sealPrototypes();
keepYoungGenerationSmall();
keepOldGenerationSmall();

// What nobody expected, here or in a callback.
process.on('uncaughtException', (error) => {
  process.stderr.write(`riskpipe: ${messageOf(error)}\n`);
  process.exit(exitCode.failed);
});

const finished = await runCommandLine(process.argv.slice(2));
// What failed half way may have left a port or a timer behind.
if (!finished) process.exit();
