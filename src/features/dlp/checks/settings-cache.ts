import type { Services } from '../../context.ts';

/**
 * Values up to this age are used without waiting for a refresh, so a change by another process takes effect after this
 * time at the latest.
 */
const MAX_AGE_MS = 3_000;
/** From this age on, a value is refreshed in the background, so that frequent requests never wait for it. */
const REFRESH_AGE_MS = 1_500;
/** How long to wait for a refresh before using an expired value. */
const DATABASE_TIMEOUT_MS = 50;
const MAX_KNOWN = 1_000;

interface Known<T> {
  readonly value: T;
  readonly readAt: number;
}

/** Cached values by key, and reads in progress. */
interface Door<T> {
  readonly known: Map<string, Known<T>>;
  readonly readings: Map<string, Promise<T | null>>;
}

/** A short-lived cache of the guards' settings, so that no request waits for the database. */
export class SettingsCache<T> {
  readonly #what: string;
  readonly #doors = new WeakMap<Services['store'], Door<T>>();

  /** @param what description for the server's log */
  constructor(what: string) {
    this.#what = what;
  }

  /**
   * Call after a change, so that the next request uses the new values; results of reads in progress may be old and are
   * not cached.
   */
  forget(services: Pick<Services, 'store'>): void {
    this.#doors.delete(services.store);
  }

  /** The value for a key; null: none. */
  async at(
    services: Pick<Services, 'store' | 'log'>,
    place: string,
    read: () => Promise<T | null>,
  ): Promise<T | null> {
    const door = this.#doors.get(services.store) ?? { known: new Map(), readings: new Map() };
    this.#doors.set(services.store, door);
    const known = door.known.get(place);
    if (known === undefined) return reading(door, place, read);
    const age = performance.now() - known.readAt;
    if (age < REFRESH_AGE_MS) return known.value;
    const again = reading(door, place, read).catch((error: unknown) => {
      services.log.warn({ err: error }, `${this.#what} could not be read again`);
      return known.value;
    });
    if (age < MAX_AGE_MS) return known.value;
    return Promise.race([
      again,
      new Promise<T>((resolve) => setTimeout(resolve, DATABASE_TIMEOUT_MS, known.value).unref()),
    ]);
  }
}

/** Reads a key once for all concurrent callers. */
function reading<T>(
  { known, readings }: Door<T>,
  place: string,
  read: () => Promise<T | null>,
): Promise<T | null> {
  const begun = readings.get(place);
  if (begun !== undefined) return begun;
  const value = read()
    .then((value) => {
      if (value === null) known.delete(place);
      else {
        if (known.size >= MAX_KNOWN) known.clear();
        known.set(place, { value, readAt: performance.now() });
      }
      return value;
    })
    .finally(() => readings.delete(place));
  readings.set(place, value);
  return value;
}
