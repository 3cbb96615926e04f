import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileStorage } from '../../../src/extensions/file-storage.ts';
import { MountSpace } from '../../chaos/mount-space.ts';
import { ownMounts } from '../../chaos/needs.ts';
import { settings } from '../../settings.ts';

const lacking = ownMounts();
const skipped = lacking === undefined ? '' : ` (${lacking})`;

test.skipIf(lacking !== undefined)(
  `a disk that cannot be written to is refused by name${skipped}`,
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'riskpipe-read-only-'));
    const space = await MountSpace.enter(join(parent, 'disk'));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    space.mountMemory('size=1m,ro');
    const directory = space.seenFromOutside;
    const storage = await fileStorage.create(
      settings('file_storage'),
      fileStorage.schema.parse({ directory }),
    );
    await expect(storage.open?.()).rejects.toMatchObject({
      reason: 'unusable',
      message: `cannot write to the directory ${directory} (EROFS)`,
    });
  },
);
