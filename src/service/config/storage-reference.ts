import { didYouMean } from '../../util/suggest.ts';
import type { ComponentConfig, Config } from './config.ts';
import { plainAt } from './plain.ts';
import type { Report } from './report.ts';

const places = [['storage'], ['sending_queue', 'storage']];

/**
 * One store a process (design §3): at most one `file_storage` is started, and whoever names a `storage` names it.
 * It keeps positions, state and what is undelivered together, whether or not all of them name it.
 */
export function checkStorage(
  config: Pick<Config, 'receivers' | 'exporters' | 'extensions'>,
  report: Report,
): void {
  const stores = [...config.extensions.values()].filter(({ type }) => type === 'file_storage');
  for (const { id, placeOf } of stores.slice(1)) {
    const message = `a process has one store, and "${stores[0]?.id}" is it; remove this one from service.extensions`;
    report.error(placeOf(''), ['extensions', id], message);
  }
  const known = stores.map(({ id }) => id);
  for (const [section, components] of [
    ['receivers', config.receivers],
    ['exporters', config.exporters],
  ] as const) {
    for (const component of components.values()) checkOne(section, component, known, report);
  }
}

function checkOne(
  section: string,
  component: ComponentConfig<unknown>,
  known: readonly string[],
  report: Report,
): void {
  for (const path of places) {
    const name = plainAt(component.raw, path);
    if (typeof name !== 'string' || known.includes(name)) continue;
    const message = `service.extensions starts no store "${name}"${didYouMean(name, known)}`;
    report.error(component.placeOf(path.join('.')), [section, component.id, ...path], message);
  }
}
