import type { Catalogue } from '#domain/model/catalogue.ts';
import { loadCatalogue } from '../load.ts';

let catalogue: Catalogue | null = null;

/**
 * The catalogue, loaded once per process, because that takes longer than most tests. It is frozen, so that a test that
 * changes it fails itself, not a later one.
 */
export function sharedCatalogue(): Catalogue {
  catalogue ??= frozen(loadCatalogue());
  return catalogue;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
