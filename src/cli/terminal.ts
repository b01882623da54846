import type { State } from '#domain/model/verdict.ts';
import { visible } from '#domain/text/unsafe-text.ts';

/** Colors only on a terminal, and never as the only information: the word is always there too. */
const COLORS: Readonly<Record<State, number>> = {
  fail: 31,
  cannot_read: 33,
  pending: 34,
  accepted: 35,
  policy_only: 33,
  not_licensed: 90,
  not_applicable: 90,
  pass: 32,
};

export interface Terminal {
  out(line?: string): void;
  error(line: string): void;
  /** Shows progress in place on a terminal and nothing when piped. Empty text clears it. */
  progress(text: string): void;
  state(state: State, text: string): string;
  bold(text: string): string;
}

/** Makes text from files safe for a terminal: control and bidirectional characters are shown by code, in one line. */
export function safe(text: string): string {
  return visible(text);
}

/** Our own color sequences. */
const PAINT = /\u001B\[(?:0|1|3[1-5]|90)m/gu;

export function terminal(streams: { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream }): Terminal {
  const { stdout, stderr } = streams;
  const colored = stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const paint = (code: number, text: string) => (colored ? `\u001B[${code}m${text}\u001B[0m` : text);
  // A safety net: only our own color sequences reach the terminal.
  const harmless = (line: string): string => {
    const paint = colored ? (line.match(PAINT) ?? []) : [];
    const texts = colored ? line.split(PAINT) : [line];
    return texts.map((text, at) => `${visible(text, true)}${paint[at] ?? ''}`).join('');
  };
  // A reader that has seen enough (`| head`) closes the pipe, which is not an error; the reports are still written.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  let shown = false;
  const clear = () => {
    if (shown) stderr.write('\r\u001B[2K');
    shown = false;
  };
  return {
    out: (line = '') => {
      clear();
      stdout.write(`${harmless(line)}\n`);
    },
    error: (line) => {
      clear();
      stderr.write(`${harmless(line)}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY !== true) return;
      clear();
      if (text === '') return;
      stderr.write(harmless(text).slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
      shown = true;
    },
    state: (state, text) => paint(COLORS[state], text),
    bold: (text) => paint(1, text),
  };
}
