import type { Command, CommandName } from './ast.ts';
import type { Cursor } from './cursor.ts';

type WithoutSpan<Node> = Node extends unknown ? Omit<Node, 'span'> : never;

/** The command of a name; of all names for commands that share a form. */
export type CommandOf<Name extends CommandName> = Extract<Command, { readonly name: Name }>;

/** A command before it is known where it ends. */
export type CommandBody = WithoutSpan<Command>;

/**
 * Reads what stands behind a command's name, which is given as written in `Command`, up to its end. What it leaves
 * unread is an error. It throws a `Refusal` for what it cannot read.
 */
export type CommandParser = (cursor: Cursor, name: CommandName) => CommandBody;
