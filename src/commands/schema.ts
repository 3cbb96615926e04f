import { components } from '../components.ts';
import { allowlistSchema } from '../detection/frontends/allowlist/allowlist-schema.ts';
import { detectionSchema } from '../detection/frontends/native/detection-schema.ts';
import { configSchema } from '../service/config/config-schema.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { didYouMean } from '../util/suggest.ts';

const schemas: Readonly<Record<string, () => object | Promise<object>>> = {
  config: () => configSchema(components),
  detection: detectionSchema,
  allowlist: allowlistSchema,
};

/** Prints the JSON Schema (draft 2020-12) that `what` names, for an editor. */
export async function schema(what: string): Promise<ExitCode> {
  const make = Object.hasOwn(schemas, what) ? schemas[what] : undefined;
  if (make === undefined) {
    const known = Object.keys(schemas);
    process.stderr.write(`no schema "${what}"; there are ${known.join(', ')}${didYouMean(what, known)}\n`);
    return exitCode.usage;
  }
  process.stdout.write(`${JSON.stringify(await make(), undefined, 2)}\n`);
  return exitCode.done;
}
