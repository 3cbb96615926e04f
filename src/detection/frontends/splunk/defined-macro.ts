import type { Macro } from './spl/macro.ts';
import { plainText } from './spl/source-text.ts';

/**
 * A macro as a configuration defines it: `name: text`, or `name(arg1,arg2): text`. Its text's file is `file`. A text
 * says what is wrong with the name.
 */
export function definedMacro(written: string, definition: string, file: string): Macro | string {
  const [, name, list] = /^\s*([^\s(),`"]+)\s*(?:\(([^()]*)\))?\s*$/.exec(written) ?? [];
  if (name === undefined) return `"${written}" cannot name a macro; write name, or name(argument,argument)`;
  const args = list === undefined || list.trim() === '' ? [] : list.split(',').map((arg) => arg.trim());
  const wrong = args.find((arg, index) => !/^[\w-]+$/.test(arg) || args.indexOf(arg) !== index);
  if (wrong !== undefined)
    return `"${wrong}" cannot name an argument: it has other characters than letters, digits, "_" and "-", or is there twice`;
  return { name, args, definition: plainText(definition, file) };
}
