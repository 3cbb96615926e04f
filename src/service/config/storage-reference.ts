import { didYouMean } from '../../util/suggest.ts';
import { entriesOf, type Node } from './node.ts';
import type { Report } from './report.ts';
import type { Used } from './section.ts';

/** The extension that is the store of a process. */
export const storeType = 'file_storage';
const places = [['storage'], ['sending_queue', 'storage']];

/**
 * One store a process (design §3): at most one `file_storage` is started, and whoever names a `storage` names it.
 * It keeps positions, state and what is undelivered together, whether or not all of them name it.
 * `started`: the ids in `service.extensions`, defined or not.
 */
export function checkStorage(
  used: Readonly<Record<'receivers' | 'exporters' | 'extensions', readonly Used[]>>,
  started: readonly string[],
  report: Report,
): void {
  const stores = used.extensions.filter(({ type }) => type === storeType);
  for (const { id, place } of stores.slice(1)) {
    const message = `a process has one store, and "${stores[0]?.id}" is it; remove this one from service.extensions`;
    report.error(place, ['extensions', id], message);
  }
  const known = started.filter((id) => id === storeType || id.startsWith(`${storeType}/`));
  for (const section of ['receivers', 'exporters'] as const) {
    for (const { id, node } of used[section]) checkOne([section, id], node, known, report);
  }
}

function checkOne(path: readonly string[], node: Node, known: readonly string[], report: Report): void {
  for (const below of places) {
    const named = below.reduce<Node | undefined>((at, key) => entriesOf(at).get(key)?.value, node);
    if (named?.kind !== 'scalar' || typeof named.value !== 'string' || known.includes(named.value)) continue;
    const message = `service.extensions starts no store "${named.value}"${didYouMean(named.value, known)}`;
    report.error(named.place, [...path, ...below], message);
  }
}
