import type { Exporter, Host } from '../pipeline/component.ts';
import type { Logger } from '../pipeline/logger.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import { noticeRecord } from '../record/notice.ts';
import { RecordBatch } from '../record/record-batch.ts';
import { noteRebuilt, rebuilt } from '../store/rebuilt.ts';
import { reasonOf } from '../util/reason-of.ts';

/**
 * Tells `exporters`, once, that the store before this one was damaged and what is gone with it (spec/reliability.md
 * W27). If it cannot be committed now, `log` says so, and the next start tells.
 */
export async function tellRebuilt(host: Host, exporters: Iterable<Exporter>, log: Logger): Promise<void> {
  const facts = rebuilt(host.store);
  if (facts === undefined || facts.told) return;
  const { at, damage, kept } = facts;
  const notice = {
    kind: 'store_rebuilt',
    message:
      `${damage}; it was set aside as ${kept} and a new one begun. Files are read again from their beginning; ` +
      'what they no longer hold, undelivered records of other receivers, and counts before this are gone',
    identity: [at, kept],
    attributes: { 'riskpipe.notice.since': at, 'riskpipe.notice.kept': kept },
  };
  const tell = async (work: UnitOfWork): Promise<void> => {
    const record = noticeRecord(notice, { attributes: {} }, work.now);
    const batch = new RecordBatch([record], 'service', { stream: 'service', offset: 0 });
    for (const exporter of exporters) await exporter.consume(batch, work);
    noteRebuilt(work.state, { ...facts, told: true });
  };
  try {
    await host.work(tell);
  } catch (error) {
    log.warn(`that the store was rebuilt is told at the next start: ${reasonOf(error)}`);
  }
}
