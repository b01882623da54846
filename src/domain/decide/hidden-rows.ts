import type { Kind } from '../model/kinds.ts';
import type { Reading, Readings } from '../model/reading.ts';

/** Readings are immutable, so the visible part of each is computed once, however many plans use it. */
const shown = new WeakMap<Reading, Reading | null>();

/** Whether a workbook among the readings hides a row that was read. */
export function hidesAny(readings: Readings): boolean {
  return each(readings).some((reading) => shownOf(reading) !== reading);
}

/** The readings without hidden rows; a workbook that hides all of its rows is left out entirely. */
export function withoutHiddenRows(readings: Readings): Readings {
  const found: { [K in Kind]?: Reading[] } = {};
  for (const reading of each(readings)) {
    const rest = shownOf(reading);
    if (rest !== null) found[reading.kind] = [...(found[reading.kind] ?? []), rest];
  }
  return found as Readings;
}

function each(readings: Readings): readonly Reading[] {
  return (Object.values(readings) as (readonly Reading[])[]).flat();
}

function shownOf(reading: Reading): Reading | null {
  const known = shown.get(reading);
  if (known !== undefined) return known;
  const rows = reading.rows.filter(({ hidden }) => hidden !== true);
  const rest =
    rows.length === reading.rows.length ? reading : rows.length === 0 ? null : { ...reading, rows };
  shown.set(reading, rest);
  return rest;
}
