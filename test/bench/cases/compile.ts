import { existsSync } from 'node:fs';
import type { BenchCase } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import { runCommand } from '../lab/command.ts';
import { escuFolder, noEscu } from '../lab/detection-sets.ts';
import { benchProgram } from '../lab/folders.ts';

const name = 'riskpipe, compiling all of ESCU';

export const compile: BenchCase = {
  name: 'compile',
  title: 'Compiling all published Kubernetes detections, once, in a fresh process',
  logs: 'synthetic',
  async prepare(lab) {
    const assembly = new Assembly(lab.shelf);
    if (!existsSync(escuFolder)) return assembly.remark(noEscu).contest([]);
    return assembly
      .add({
        name,
        async run() {
          const { stdout } = runCommand(process.execPath, [benchProgram('compile'), escuFolder]);
          const { ms } = JSON.parse(stdout) as { readonly ms: number };
          return [{ name, unit: 'ms', value: ms }];
        },
      })
      .contest([{ kind: 'most', of: name, unit: 'ms', must: 300, aim: 150 }]);
  },
};
