import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { riskpipe, root } from '../../commands/riskpipe.ts';
import { Workspace } from '../../e2e/workspace.ts';

/**
 * What `riskpipe validate` says of a configuration that runs in our image, where the package is `/opt/riskpipe/`; `folders`: where
 * others of its folders are here.
 */
export async function validated(
  config: string,
  environment: Readonly<Record<string, string>>,
  folders: Readonly<Record<string, string>> = {},
): Promise<{ readonly exit: unknown; readonly said: string }> {
  const { directory } = new Workspace();
  const path = join(directory, 'config.yaml');
  const here = Object.entries({ '/opt/riskpipe/': root, ...folders });
  writeFileSync(
    path,
    here.reduce((text, [from, to]) => text.replaceAll(from, to), config),
  );
  const { status, stdout, stderr } = await riskpipe(['validate', '--config', path], {
    directory,
    environment,
  });
  return { exit: status, said: stdout + stderr };
}
