/** How text looks on a terminal; each function gives its text back, perhaps with escape sequences around it. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  /** In the colour of a severity number, 1 to 24. */
  severity(text: string, severityNumber: number): string;
}

export interface Screen {
  readonly style: Style;
  /** Columns of a terminal; Infinity where nothing needs to be broken. */
  readonly width: number;
}

export const plain: Style = {
  bold: (text) => text,
  dim: (text) => text,
  severity: (text) => text,
};

/** The eight colours that every terminal has, so that they fit its background. */
export const coloured: Style = {
  bold: (text) => sgr(1, text),
  dim: (text) => sgr(2, text),
  severity: (text, severityNumber) => sgr(severityNumber >= 17 ? 31 : severityNumber >= 10 ? 33 : 36, text),
};

const sgr = (code: number, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
