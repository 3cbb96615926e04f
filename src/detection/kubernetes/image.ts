/** An image reference in its parts, each as it was written. */
export interface ImageReference {
  /** Host and port; undefined if none was written, which container runtimes read as `docker.io`. */
  readonly registry: string | undefined;
  readonly repository: string;
  readonly tag: string | undefined;
  /** Algorithm and hexadecimal digits: `sha256:9ae9...`. */
  readonly digest: string | undefined;
}

const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Longest name, and longest text that is looked at: a name, a tag and a digest of SHA-512 fit. */
const maxName = 255;
const maxReference = 1_024;

/**
 * Parses an image reference by the grammar of the distribution project (`reference.go`); undefined if it does not
 * follow it. What stands before the first `/` is a registry if it holds `.`, `:` or an upper-case letter, or is
 * `localhost`: the rule that container runtimes use to tell `example.com/x` from `library/x`.
 */
export function parseImage(text: string): ImageReference | undefined {
  if (text.length > maxReference) return undefined;
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : text.slice(at + 1);
  const tagged = at === -1 ? text : text.slice(0, at);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const tag = colon === -1 ? undefined : tagged.slice(colon + 1);
  const name = colon === -1 ? tagged : tagged.slice(0, colon);
  if (name.length > maxName) return undefined;
  if (digest !== undefined && !digestPattern.test(digest)) return undefined;
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;

  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  const registry = isRegistry(first) ? first : undefined;
  const repository = registry === undefined ? name : name.slice(slash + 1);
  if (registry !== undefined && !host.test(registry)) return undefined;
  if (!repository.split('/').every((part) => component.test(part))) return undefined;
  return { registry, repository, tag, digest };
}

/** The reference without tag and digest, as written. */
export function imageName({ registry, repository }: ImageReference): string {
  return registry === undefined ? repository : `${registry}/${repository}`;
}

function isRegistry(first: string): boolean {
  return /[.:A-Z]/.test(first) || first === 'localhost';
}
