import type { Services } from '../../context.ts';

/** What was read counts for so many milliseconds; a change by another process counts then. */
const FRESH = 3_000;
/** So long is waited for the database before what was read last counts. */
const PATIENCE = 50;
const MAX_KNOWN = 1_000;

interface Known<T> {
  readonly value: T;
  readonly readAt: number;
}

/** What guards work with by where they are asked, remembered for a moment, so that no request waits for the database. */
export class Remembered<T> {
  readonly #what: string;
  readonly #doors = new WeakMap<Services['store'], Map<string, Known<T>>>();

  /** @param what what it is, for the server's log */
  constructor(what: string) {
    this.#what = what;
  }

  /** Called after a change, so that the next request is taken by what holds now. */
  forget(services: Pick<Services, 'store'>): void {
    this.#doors.get(services.store)?.clear();
  }

  /** What is at a place; null: nothing. */
  async at(
    services: Pick<Services, 'store' | 'log'>,
    place: string,
    read: () => Promise<T | null>,
  ): Promise<T | null> {
    const door = this.#doors.get(services.store) ?? new Map<string, Known<T>>();
    this.#doors.set(services.store, door);
    const known = door.get(place);
    if (known !== undefined && performance.now() - known.readAt < FRESH) return known.value;
    const reading = read().then((value) => {
      if (value === null) door.delete(place);
      else {
        if (door.size >= MAX_KNOWN) door.clear();
        door.set(place, { value, readAt: performance.now() });
      }
      return value;
    });
    if (known === undefined) return reading;
    return Promise.race([
      reading.catch((error: unknown) => {
        services.log.warn({ err: error }, `${this.#what} could not be read again`);
        return known.value;
      }),
      new Promise<T>((resolve) => setTimeout(resolve, PATIENCE, known.value).unref()),
    ]);
  }
}
