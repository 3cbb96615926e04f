import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ReadBuffer } from '../../../src/receivers/file-log/read-buffer.ts';

const block = 1_048_576;

/** A file whose bytes tell where they are, open. */
function fileOf(size: number): { readonly fd: number; readonly bytes: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), 'read-buffer-'));
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(at, at);
  writeFileSync(join(directory, 'log'), bytes);
  const fd = openSync(join(directory, 'log'), 'r');
  onTestFinished(() => {
    closeSync(fd);
    rmSync(directory, { recursive: true });
  });
  return { fd, bytes };
}

test('a read lands in the memory of batches, as far behind a page as it lies in the file', () => {
  const { fd, bytes } = fileOf(block * 2);
  const buffer = new ReadBuffer(block * 4);
  for (const position of [0, 1, 4_095, 4_096, 70_001]) {
    const chunk = buffer.read(fd, position, block * 2);
    expect(chunk.memory?.bytes.buffer).toBe(chunk.bytes.buffer);
    expect(chunk.bytes.byteOffset % 4_096).toBe(position % 4_096);
    expect(chunk.bytes.equals(bytes.subarray(position, position + block))).toBe(true);
    expect(chunk.memory?.bytes.length).toBeGreaterThanOrEqual(
      chunk.bytes.byteOffset + chunk.bytes.length + 128,
    );
  }
  expect(buffer.read(fd, block * 2 - 10, 100).bytes).toHaveLength(10);
});

test('it grows for a long line, outside of that memory, and shrinks again', () => {
  const { fd, bytes } = fileOf(block * 3);
  const buffer = new ReadBuffer(block * 3 - 1_000);
  expect(buffer.grow() && buffer.grow()).toBe(true);
  expect(buffer.grow()).toBe(false);
  const chunk = buffer.read(fd, 5, block * 3);
  expect(chunk.memory).toBeUndefined();
  expect(chunk.bytes.equals(bytes.subarray(5, 5 + buffer.size))).toBe(true);
  buffer.shrink();
  expect(buffer.size).toBe(block);
  expect(buffer.read(fd, 5, 10).memory).toBeDefined();
});

test('it reads all the same where there is no WebAssembly', () => {
  vi.stubGlobal('WebAssembly', undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { fd, bytes } = fileOf(block * 2);
  const buffer = new ReadBuffer(block * 2);
  const chunk = buffer.read(fd, 4_097, block);
  expect(chunk.memory).toBeUndefined();
  expect(chunk.bytes.equals(bytes.subarray(4_097, 4_097 + block))).toBe(true);
  buffer.grow();
  buffer.shrink();
  expect(buffer.read(fd, 0, block).bytes).toHaveLength(block);
});
