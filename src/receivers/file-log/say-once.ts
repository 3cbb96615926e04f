/** Lets a message about a subject pass once, and again only after something else was said about it. */
export class SayOnce {
  readonly #said = new Map<string, string>();

  /** True if `message` is news about `subject`. */
  isNews(subject: string, message: string): boolean {
    if (this.#said.get(subject) === message) return false;
    this.#said.set(subject, message);
    return true;
  }

  /** Forgets what was said about every subject that is not in `still`. */
  keep(still: ReadonlySet<string>): void {
    for (const subject of this.#said.keys()) if (!still.has(subject)) this.#said.delete(subject);
  }
}
