import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { noticeRecord, type Notice } from '../../record/notice.ts';
import { RecordBatch } from '../../record/record-batch.ts';
import type { FilePosition } from './file-position.ts';
import type { OutputSettings } from './file-output.ts';

/** Hands on a notice about the file `id`, which stands at `position`. */
export async function announceFile(
  { next, resource }: Pick<OutputSettings, 'next' | 'resource'>,
  { id: stream, position }: { readonly id: string; readonly position: FilePosition },
  notice: Notice,
  work: UnitOfWork,
): Promise<void> {
  const { path, offset } = position;
  const record = noticeRecord(notice, resource, work.now);
  await next.consume(new RecordBatch([record], path, { stream, offset }), work);
}
