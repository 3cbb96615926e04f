import { expect, test } from 'vitest';
import { readReply } from '../../../src/net/grpc/grpc-reply.ts';

const grpc = { ':status': '200', 'content-type': 'application/grpc+proto' };
const message = Buffer.from([0, 0, 0, 0, 0]);

test('a server that is none of gRPC has taken nothing, whatever it answers', () => {
  for (const type of ['text/html', 'application/grpcish', undefined]) {
    const reply = readReply(
      { ':status': '200', 'content-type': type },
      {},
      Buffer.from('<html>hello</html>'),
    );
    expect(reply?.code).toBe(2);
    expect(reply?.message).toContain('is it a gRPC server?');
  }
});

test('an answer that breaks off behind a message is a success, and before one is none', () => {
  expect(readReply(grpc, {}, message)?.code).toBe(0);
  expect(readReply(grpc, {}, message.subarray(1))).toBeUndefined();
  expect(readReply({}, {}, message)).toBeUndefined();
});

test.each([
  [{ ...grpc, 'grpc-status': '14' }, {}, 14],
  [grpc, { 'grpc-status': '8' }, 8],
  [grpc, { 'grpc-status': 'no number' }, 2],
  [{ ':status': '503', 'content-type': 'text/html' }, {}, 14],
])('%j and %j mean %i', (headers, trailers, code) => {
  expect(readReply(headers, trailers, Buffer.alloc(0))?.code).toBe(code);
});
