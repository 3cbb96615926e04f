/** What is said of something that was thrown: the message of an error, anything else as text. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
