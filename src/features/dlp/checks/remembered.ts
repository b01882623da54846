import type { Services } from '../../context.ts';

/** What was read counts for so many milliseconds; a change by another process counts then. */
const FRESH = 3_000;
/** From so many on it is read again without anyone waiting for it, so that where much is asked nobody ever does. */
const AGING = 1_500;
/** So long is waited for the database before what was read last counts. */
const PATIENCE = 50;
const MAX_KNOWN = 1_000;

interface Known<T> {
  readonly value: T;
  readonly readAt: number;
}

/** What was read of each place, and what is being read of it now. */
interface Door<T> {
  readonly known: Map<string, Known<T>>;
  readonly readings: Map<string, Promise<T | null>>;
}

/** What guards work with by where they are asked, remembered for a moment, so that no request waits for the database. */
export class Remembered<T> {
  readonly #what: string;
  readonly #doors = new WeakMap<Services['store'], Door<T>>();

  /** @param what what it is, for the server's log */
  constructor(what: string) {
    this.#what = what;
  }

  /**
   * Called after a change, so that the next request is taken by what holds now; what is being read meanwhile may be what
   * was before, and is remembered by nobody.
   */
  forget(services: Pick<Services, 'store'>): void {
    this.#doors.delete(services.store);
  }

  /** What is at a place; null: nothing. */
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
    if (age < AGING) return known.value;
    const again = reading(door, place, read).catch((error: unknown) => {
      services.log.warn({ err: error }, `${this.#what} could not be read again`);
      return known.value;
    });
    if (age < FRESH) return known.value;
    return Promise.race([
      again,
      new Promise<T>((resolve) => setTimeout(resolve, PATIENCE, known.value).unref()),
    ]);
  }
}

/** Reads a place, once for all who ask while it is read. */
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
