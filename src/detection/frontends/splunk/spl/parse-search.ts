import { didYouMean } from '../../../../util/suggest.ts';
import type { Command, CommandName, Search, Span } from './ast.ts';
import { commandNames, commandParser } from './command-parsers.ts';
import type { Complain } from './complaint.ts';
import { Cursor } from './cursor.ts';
import { Refusal } from './refusal.ts';
import { refusedCommands } from './refused-commands.ts';
import { shown } from './shown.ts';
import { skipCommand } from './skip-command.ts';
import type { SourceText } from './source-text.ts';
import { refuseSubsearch } from './token.ts';

/** After so many errors, or warnings, the rest would only be more of the same. */
const maxComplaints = 20;

/**
 * Reads a search, its macros expanded and without comments. A command that cannot be read is complained about and
 * passed over, so that all mistakes are told at once; with one error there is no search. It does not throw, takes time
 * in proportion to the text, and every complaint has a span inside the text.
 */
export function parseSearch({ text }: SourceText, complain: Complain): Search | undefined {
  let warnings = 0;
  const cursor = new Cursor(text, (warning) => {
    if (++warnings <= maxComplaints) complain(warning);
  });
  const commands: Command[] = [];
  let errors = 0;
  let first = true;
  do {
    try {
      commands.push(first ? firstCommand(cursor) : namedCommand(cursor));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const span = spanInside(error.span, text.length);
      complain({ severity: 'error', rule: error.rule, span, message: error.message });
      errors++;
      skipCommand(cursor);
    }
    first = false;
  } while (cursor.take('|') && errors < maxComplaints);
  return errors === 0 ? { commands } : undefined;
}

/** Without a name in front, or with it, it is `search`. */
function firstCommand(cursor: Cursor): Command {
  if (cursor.ended() && cursor.char === '') cursor.fail('the search is empty');
  const start = cursor.offset;
  if (cursor.take('|')) return afterPipe(cursor, start);
  cursor.match(searchWord);
  return readCommand(cursor, 'search', start);
}

/** The word `search` where it is the command and not the name of a field. */
const searchWord = /search(?![^ \t\r\n\f\v|()"])(?![ \t\r\n\f\v]*(?:[=<>]|!=))/iy;

function afterPipe(cursor: Cursor, start: number): Command {
  const command = namedCommand(cursor);
  if (command.name === 'search') return command;
  return cursor.fail(
    `nothing stands before the first "|"; begin with what to search for, source="kubernetes" for instance`,
    'syntax',
    { start, end: start + 1 },
  );
}

const commandWord = /[A-Za-z_]\w*/y;

/** A command behind a `|`. */
function namedCommand(cursor: Cursor): Command {
  cursor.skip();
  refuseSubsearch(cursor);
  const start = cursor.offset;
  const written = cursor.match(commandWord)?.[0];
  if (written === undefined) return cursor.failExpecting('a command behind "|"');
  const word = written.toLowerCase();
  const span = cursor.spanFrom(start);
  const reason = refusedCommands.get(word);
  if (reason !== undefined) {
    cursor.fail(`"${written}" is not supported: ${reason}`, 'unsupported-command', span);
  }
  const name = commandNames.get(word);
  if (name !== undefined) return readCommand(cursor, name, start);
  const known = [...commandNames.keys(), ...refusedCommands.keys()];
  return cursor.fail(
    `there is no command "${shown(written)}"${didYouMean(shown(word), known)}`,
    'unknown-command',
    span,
  );
}

function readCommand(cursor: Cursor, name: CommandName, start: number): Command {
  const body = commandParser(name)(cursor, name);
  if (!cursor.ended() && cursor.char === ')') cursor.fail('nothing opens the parenthesis that ends here');
  if (!cursor.ended()) cursor.failExpecting(`the end of "${name}" or a "|"`);
  const end = start + cursor.text.slice(start, cursor.offset).trimEnd().length;
  return { ...body, span: { start, end } };
}

/** Complaints about the end of the text point at its last character. */
function spanInside({ start, end }: Span, length: number): Span {
  const from = Math.max(0, Math.min(start, length - 1));
  return { start: from, end: Math.min(length, Math.max(end, from + 1)) };
}
