/** A comma in each thousand of the digits before the point. */
export const withThousands = (number: string): string =>
  number.replace(/\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','));
