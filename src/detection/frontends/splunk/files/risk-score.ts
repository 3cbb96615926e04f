/**
 * The risk score of whole-number impact and confidence: their product in percent, a half rounded to the even neighbour
 * as Python does (spec/spl.md §4.4, trap 35): 25 and 50 make 12.
 */
export function riskScore(impact: number, confidence: number): number {
  const product = impact * confidence;
  const below = Math.floor(product / 100);
  const rest = product % 100;
  return rest > 50 || (rest === 50 && below % 2 === 1) ? below + 1 : below;
}
