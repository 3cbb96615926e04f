const lastBlock = 1;
const run = 2;
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const maxBlock = 128 * 1024;

/** A frame of zstd (RFC 8878) that holds `content`, at most 128 KiB, as it is, with a window of 1 MiB. */
export function rawZstd(content: Buffer): Buffer {
  return Buffer.concat([frameHead(0x50), blockHead(lastBlock, content.length), content]);
}

/** A frame that unpacks to `length` spaces. `window` is its descriptor; 0x50 is 1 MiB. */
export function zstdRun(length: number, window = 0x50): Buffer {
  const blocks: Buffer[] = [];
  for (let left = length; left > 0; left -= maxBlock) {
    const last = left > maxBlock ? 0 : lastBlock;
    blocks.push(blockHead(last | run, Math.min(left, maxBlock)), Buffer.from(' '));
  }
  return Buffer.concat([frameHead(window), ...blocks]);
}

/** A frame of `count` blocks that hold one byte each, with a window of 8 MiB: dear to unpack by a script. */
export function zstdCrumbs(count: number): Buffer {
  const blocks = Array.from({ length: count }, (_, index) =>
    Buffer.concat([blockHead(index === count - 1 ? lastBlock : 0, 1), Buffer.from(' ')]),
  );
  return Buffer.concat([frameHead(0x68), ...blocks]);
}

function frameHead(window: number): Buffer {
  return Buffer.concat([magic, Buffer.from([0, window])]);
}

function blockHead(flags: number, size: number): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntLE((size << 3) | flags, 0, 3);
  return head;
}
