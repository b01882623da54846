import type { RefObject } from 'react';
import type { Line } from './data-table-model.ts';
import { useKey } from './keys.ts';

interface RowKeys<Row> {
  readonly body: RefObject<HTMLElement | null>;
  readonly lines: readonly Line<Row>[];
  readonly reveal: (index: number) => void;
  readonly toggle: ((id: string) => void) | null;
  readonly clear: (() => void) | null;
}

/** J and K move through rows, X selects, Esc clears. Enter needs no handler: the focus is on the row's link. */
export function useRowKeys<Row>({ body, lines, reveal, toggle, clear }: RowKeys<Row>): void {
  const current = (): number => {
    const row = document.activeElement?.closest('[data-row]');
    const id =
      row?.getAttribute('data-row') ?? body.current?.querySelector('[data-open]')?.getAttribute('data-row');
    return lines.findIndex((line) => line.kind === 'row' && line.id === id);
  };
  const move = (step: 1 | -1) => {
    let at = current() + step;
    while (at >= 0 && lines[at]?.kind === 'group') at += step;
    const line = lines[at];
    if (line?.kind !== 'row') return;
    if (!focusRow(body.current, line.id)) {
      reveal(at);
      requestAnimationFrame(() => requestAnimationFrame(() => focusRow(body.current, line.id)));
    }
  };
  const toggleCurrent = () => {
    const line = lines[current()];
    if (line?.kind === 'row') toggle?.(line.id);
  };
  const some = lines.length > 0;
  useKey('j', some ? () => move(1) : null);
  useKey('k', some ? () => move(-1) : null);
  useKey('x', toggle === null ? null : toggleCurrent);
  useKey('Escape', clear);
}

/** Focuses the row's link or its first control. False: the row is not in the document. */
function focusRow(body: HTMLElement | null, id: string): boolean {
  const row = body?.querySelector(`[data-row="${CSS.escape(id)}"]`);
  if (row === null || row === undefined) return false;
  const target = row.querySelector<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled)');
  const link = row.querySelector<HTMLElement>('a[href]');
  (link ?? target)?.focus();
  return true;
}
