/**
 * A comma in each thousand of the digits before the point. `toLocaleString` does the same with tables that cost a process
 * 6 MB of memory.
 */
export const withThousands = (number: string): string =>
  number.replace(/\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','));
