import { ByteReader } from './byte-reader.ts';

/** What a MANIFEST says about the files of a store. */
export interface Manifest {
  /** The size in bytes of every table in use, by its number. */
  readonly tables: ReadonlyMap<number, number>;
  /** Write-ahead logs of lower numbers are no longer in use. */
  readonly firstLog: number;
}

/** Adds up the edits that the records of a MANIFEST are. Throws `RangeError` on what is no edit. */
export function readManifest(records: readonly Uint8Array[]): Manifest {
  const tables = new Map<number, number>();
  let firstLog = 0;
  for (const record of records) {
    const reader = new ByteReader(record);
    while (!reader.isDone) firstLog = readField(reader, tables) ?? firstLog;
  }
  return { tables, firstLog };
}

/** Reads one field of an edit; the first log in use, if that is the field. Numbers of fields as in LevelDB 1.20. */
function readField(reader: ByteReader, tables: Map<number, number>): number | undefined {
  const field = reader.varint();
  switch (field) {
    case 1: // comparator
      reader.text();
      return undefined;
    case 2: // log number
      return reader.varint();
    case 3: // next file number
    case 4: // last sequence number
    case 9: // number of the log before
      reader.varint();
      return undefined;
    case 5: // where compaction of a level goes on
      reader.varint();
      reader.text();
      return undefined;
    case 6: // a table no longer in use
      reader.varint();
      tables.delete(reader.varint());
      return undefined;
    case 7: // a new table, with its lowest and highest key
      reader.varint();
      tables.set(reader.varint(), reader.varint());
      reader.text();
      reader.text();
      return undefined;
    default:
      throw new RangeError(`no field has the number ${field}`);
  }
}
