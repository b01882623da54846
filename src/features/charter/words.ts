import type { CharterChange } from '#domain/charter/diff.ts';
import { AREA_WORDS } from '#domain/charter/fields.ts';

/** A change as the contract describes it. */
export function changeView({ effects, cell, ...change }: CharterChange) {
  return {
    ...change,
    areaName: AREA_WORDS[change.area],
    effects: effects === null ? null : [...effects],
    cell,
  };
}
