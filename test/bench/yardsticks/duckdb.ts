import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lab/command.ts';
import type { Yardstick } from './yardstick.ts';

const environment = (cache: string): string => join(cache, 'duckdb');
const python = (cache: string): string => join(environment(cache), 'bin/python');

/** DuckDB: what a user would pick for an exact search over history. */
export const duckdb: Yardstick = {
  name: 'DuckDB',
  recipe: 'install Python 3 with venv and pip',
  find(cache) {
    const path = python(cache);
    if (!existsSync(path)) return undefined;
    return { path, version: runCommand(path, ['-c', 'import duckdb; print(duckdb.__version__)']).stdout };
  },
  build: {
    takes: 'seconds',
    run(cache) {
      runCommand('python3', ['-m', 'venv', environment(cache)]);
      runCommand(python(cache), ['-m', 'pip', 'install', '--quiet', 'duckdb']);
    },
  },
};

/** A Python program that searches the file of its first argument, on one thread, as the seed does; prints the hits. */
export const duckdbSearch = `
import sys, duckdb
connection = duckdb.connect()
connection.execute("SET threads = 1")
print(connection.execute("""
  SELECT count(*) FROM read_json(?, format = 'newline_delimited',
    columns = {requestObject: 'STRUCT(message VARCHAR)'})
  WHERE lower(requestObject.message) LIKE 'pulling image%'
""", [sys.argv[1]]).fetchone()[0])
`;
