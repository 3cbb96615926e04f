const most = 60;

/** `text` of a search as a message can hold it. */
export const shown = (text: string): string => (text.length > most ? `${text.slice(0, most - 3)}...` : text);
