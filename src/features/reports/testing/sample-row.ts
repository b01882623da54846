import type { Severity, State } from '#domain/model/verdict.ts';

/** Id, severity, state, title and reason of every control of the sample. All of it is invented. */
export type SampleRow = readonly [
  id: string,
  severity: Severity,
  state: State,
  title: string,
  reason: string,
];

/** Rows as they are easiest to read: id, severity, state and title in a line, the reason in the next. */
export function sampleRows(text: string): readonly SampleRow[] {
  const lines = text.trim().split(/\n(?! )/u);
  return lines.map((line) => {
    const read = /^(?<id>\S+) (?<severity>\S+) (?<state>\S+) (?<title>.+)\n {2}(?<reason>.+)$/u.exec(
      line,
    )?.groups;
    if (read === undefined) throw new TypeError(`This is no row of the sample: ${line}`);
    const { id = '', severity, state, title = '', reason = '' } = read;
    return [id, severity as Severity, state as State, title, reason];
  });
}
