import type { FileHandle } from 'node:fs/promises';

const block = 64 * 1024;
const lineStart = '{"resourceLogs"';

/**
 * Cuts a line that was never finished off the end of an open file, so that what is written next begins a line.
 * The number of bytes cut, 0 if the file ends as it should.
 *
 * Throws, and leaves the file as it is, if its last line is unfinished but not ours: it is then some other file.
 */
export async function cutTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const end = await endOfLastLine(handle, size);
  if (end === size) return 0;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(lineStart.length), 0, lineStart.length, end);
  // After a loss of power a file may have its new length and zeros instead of the bytes.
  const start = buffer.subarray(0, bytesRead).toString('latin1').replace(/\0.*$/s, '');
  if (!lineStart.startsWith(start)) throw new Error('its last line is not finished and is no OTLP JSON');
  await handle.truncate(end);
  return size - end;
}

/** Where the byte behind the last newline is; 0 without any. */
async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const buffer = Buffer.alloc(block);
  for (let to = size; to > 0; to -= block) {
    const from = Math.max(0, to - block);
    const { bytesRead } = await handle.read(buffer, 0, to - from, from);
    const newline = buffer.subarray(0, bytesRead).lastIndexOf(10);
    if (newline !== -1) return from + newline + 1;
  }
  return 0;
}
