/**
 * Asks the host which plans are possible if the field of column number `column` has the value whose bytes, as the
 * source wrote them, are at `text`. It writes the answer to `set`.
 */
export declare function evaluate(column: u32, text: usize, length: u32, set: usize): void;
