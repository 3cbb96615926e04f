import type { ErrorCode } from 'yaml';

/**
 * What is wrong with a YAML text, for a person. The library's own messages are not used: they quote the
 * text around the mistake, which may be a secret.
 */
export function syntaxMessage(code: ErrorCode): string {
  return messages[code] ?? 'is not valid YAML';
}

const messages: Partial<Readonly<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: 'an alias can have no anchor and no tag of its own',
  BAD_ALIAS: 'the "*" does not begin a valid alias; put quotes around a text that begins with "*"',
  BAD_DIRECTIVE: 'the "%" does not begin a valid directive; put quotes around a text that begins with "%"',
  BAD_DQ_ESCAPE: 'unknown escape in double quotes; write "\\\\" for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines above',
  BAD_SCALAR_START: 'a text cannot begin with this character; put quotes around it',
  BLOCK_AS_IMPLICIT_KEY:
    'a value may not hold a second "key: value" on its line; put quotes around a text with ": "',
  BLOCK_IN_FLOW: 'inside "[ ]" and "{ }" only the notation with brackets can be used',
  KEY_OVER_1024_CHARS: 'the key is longer than 1024 characters, or its ":" is missing',
  MISSING_CHAR: 'a character is missing here: a closing quote or bracket, a comma, or the space behind ":"',
  MULTILINE_IMPLICIT_KEY: 'a key has to be on one line; is a ":" missing?',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_TAGS: 'a value can have one tag only',
  RESOURCE_EXHAUSTION: 'the collections are nested too deep',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'tags ("!...") are not supported here',
  UNEXPECTED_TOKEN: 'this does not fit what stands before it; check the indentation, quotes and brackets',
};
