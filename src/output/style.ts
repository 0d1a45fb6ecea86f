/** How text is emphasised. Each function returns its text, with or without the terminal's codes around it. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly magenta: Paint;
  readonly cyan: Paint;
}

export type Paint = (text: string) => string;

const asItIs: Paint = (text) => text;

/** No emphasis at all: pipes, files, `--no-color`. */
export const plain: Style = {
  bold: asItIs,
  dim: asItIs,
  red: asItIs,
  green: asItIs,
  yellow: asItIs,
  blue: asItIs,
  magenta: asItIs,
  cyan: asItIs,
};

/** What a rendering needs to know of where it goes. */
export interface Appearance {
  /** Columns of the terminal; absent when it is none: then nothing is cut or wrapped. */
  readonly width?: number | undefined;
  /** Absent: {@link plain}. */
  readonly style?: Style | undefined;
}
