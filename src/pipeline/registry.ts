import type { ExporterFactory, ExtensionFactory, ProcessorFactory, ReceiverFactory } from './component.ts';

/**
 * One component type of this build, known before its code is loaded: a
 * configuration is checked against all of them, and loads those it uses.
 */
export type ComponentEntry = ReceiverEntry | ProcessorEntry | ExporterEntry | ExtensionEntry;

type ReceiverEntry = Entry<'receiver', ReceiverFactory<unknown>>;
type ProcessorEntry = Entry<'processor', ProcessorFactory<unknown>>;
type ExporterEntry = Entry<'exporter', ExporterFactory<unknown>>;
type ExtensionEntry = Entry<'extension', ExtensionFactory<unknown>>;

export type ComponentKind = ComponentEntry['kind'];

/** `load` imports the module of the factory, whose `type` is the entry's. */
export interface Entry<Kind extends string, Loaded> {
  readonly kind: Kind;
  /** Canonical name, lower_snake_case: `file_log`. */
  readonly type: string;
  /** Deprecated spellings that are accepted with a warning: `filelog` (spec/collector.md §1.2). */
  readonly aliases: readonly string[];
  load(): Promise<Loaded>;
}
