const extension = '.gz';

/** True if the name says that the file is compressed. */
export const isArchive = (path: string): boolean => path.endsWith(extension);

/** The path that the file had before it was compressed, beside which its archive is written. */
export const plainPath = (path: string): string =>
  isArchive(path) ? path.slice(0, -extension.length) : path;
