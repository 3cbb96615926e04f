import { z } from 'zod';
import type { Measurement } from '../../otlp/metric-data.ts';
import { storeBytes } from '../../store/directory-space.ts';
import type { Config } from '../config/config.ts';
import { storageDirectory } from '../config/storage-directory.ts';
import { storeType } from '../config/storage-reference.ts';
import { measured } from './measured.ts';

const limited = z.object({ max_size: z.number() });

/** The size of the store and its bound; nothing of one in memory. */
export async function measureStore(config: Pick<Config, 'extensions'>): Promise<readonly Measurement[]> {
  const directory = storageDirectory(config);
  if (directory === undefined) return [];
  const store = [...config.extensions.values()].find(({ type }) => type === storeType);
  return [
    measured('riskpipe_store_bytes', await storeBytes(directory)),
    measured('riskpipe_store_limit_bytes', limited.parse(store?.config).max_size),
  ];
}
