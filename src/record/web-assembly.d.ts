/** The part of WebAssembly's JavaScript interface that is used here: the types of Node leave it to those of browsers. */
declare namespace WebAssembly {
  class Memory {
    /** Both in pages of 65,536 bytes. */
    constructor(descriptor: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }

  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  /** Throws if the bytes are no module, or one that uses what this engine does not know. */
  const Module: new (bytes: Uint8Array) => Module;

  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
