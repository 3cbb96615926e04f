/** JSON text with everything outside ASCII escaped: what it says stays the same, and no terminal can be moved by it. */
export const asciiJson = (json: string): string =>
  json.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
