import { StoreError } from '../store.ts';

/** What `read` makes of the file `name` of a store; damage that it meets, or that the file is missing, is `corrupt`. */
export function inFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new StoreError('corrupt', `${name}: ${error.message}`);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new StoreError('corrupt', `the file ${name} is missing`);
    }
    throw error;
  }
}
