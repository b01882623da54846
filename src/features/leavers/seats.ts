import type { SeatShown } from '#domain/people/leaving.ts';
import type { PeopleReading, PersonRow } from '../people/index.ts';

/** Seats as the current members file lists them. */
export interface Seats {
  /** Day of the file; null: there is no current one. */
  readonly on: string | null;
  /** The account of an address; undefined: the file lists none. */
  account(key: string): PersonRow | undefined;
  /** What the file shows of the seat of an address; null: nothing. A suspended account uses none. */
  seat(key: string): SeatShown;
}

/** Reads them out of the comparison of people; null: the client's people cannot be read. */
export function seatsIn(reading: PeopleReading | null): Seats {
  const rows = (reading?.rows ?? []).filter(
    ({ account, place }) => account !== null && place !== 'personal_account',
  );
  const cited = rows.flatMap(({ evidence }) => evidence);
  // A file that is not current is compared with nothing, and then nobody of it is listed.
  const files = reading?.blocked === null ? reading.files : [];
  const days = [...cited, ...files].filter(({ kind }) => kind === 'members').map((one) => one.observedOn);
  const on = days.sort().at(-1) ?? null;
  const byKey = new Map(rows.flatMap((row) => (row.key === null ? [] : [[row.key, row] as const])));
  return {
    on,
    account: (key) => byKey.get(key),
    seat: (key) => {
      if (on === null) return null;
      const row = byKey.get(key);
      // Only a file that was compared is known to list everyone: one page of several leaves others out, too.
      if (row === undefined) return reading?.blocked === null ? { held: false, on } : null;
      if (row.place !== 'not_compared') return { held: row.place !== 'seatless_account', on };
      // Where nothing is compared, only an active account is known to use a seat.
      return row.account?.status === 'active' ? { held: true, on } : null;
    },
  };
}
