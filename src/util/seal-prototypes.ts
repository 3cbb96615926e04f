/**
 * Makes it impossible to give every object a property, as an event or a file with the key `__proto__` would try
 * (spec/reliability.md H12): `Object.prototype` takes no new properties and has no `__proto__`. To be called before
 * anything is read.
 *
 * What is there stays writable: packages override `toString` of their own objects by assignment, which a frozen
 * prototype would refuse, and where code is not strict even in silence.
 */
export function sealPrototypes(): void {
  Reflect.deleteProperty(Object.prototype, '__proto__');
  Object.preventExtensions(Object.prototype);
}
