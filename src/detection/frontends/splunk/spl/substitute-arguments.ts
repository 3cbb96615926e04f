import { joinedText, slicedText, type SourceText } from './source-text.ts';

/**
 * A macro's definition with `$name$` replaced by the argument of that name, everywhere, in quotes as well
 * (spec/spl.md §1.7). What an argument brings is not read for further names. Other dollar signs stay.
 */
export function substituteArguments(
  definition: SourceText,
  names: readonly string[],
  args: readonly SourceText[],
): SourceText {
  const { text } = definition;
  const pieces: SourceText[] = [];
  let done = 0;
  let open = text.indexOf('$');
  while (open >= 0) {
    const close = text.indexOf('$', open + 1);
    if (close < 0) break;
    const arg = args[names.indexOf(text.slice(open + 1, close))];
    if (arg === undefined) {
      open = close;
      continue;
    }
    pieces.push(slicedText(definition, done, open), arg);
    done = close + 1;
    open = text.indexOf('$', done);
  }
  return joinedText([...pieces, slicedText(definition, done, text.length)]);
}
