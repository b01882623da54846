import type { z } from 'zod';
import { leavingState, leavingWords } from '#domain/people/leaving.ts';
import type { LeaverRow } from '#store/work/leavers.ts';
import { shownOwner } from '../owners/index.ts';
import type { PersonRow } from '../people/index.ts';
import type { leaverSchema } from './contract.ts';
import type { Seats } from './seats.ts';

export type Leaver = z.infer<typeof leaverSchema>;

/** A leaving that was started, as it is today. */
export function leaverView(row: LeaverRow, seats: Seats, today: string, access: ReadonlySet<string>): Leaver {
  const account = seats.account(row.person_key);
  const seat = seats.seat(row.person_key);
  const leaving = { lastDay: row.last_day, removedOn: row.removed_on };
  return {
    id: row.id,
    address: row.person_key,
    name: account?.name ?? row.name,
    person: account?.id ?? null,
    seat: account?.account?.seat ?? null,
    lastDay: row.last_day,
    state: leavingState(leaving, seat, today),
    words: leavingWords(leaving, seat, today),
    owner: shownOwner(row, access),
    removed:
      row.removed_on === null || row.removed_at === null
        ? null
        : { on: row.removed_on, by: row.removed_by_name ?? '', at: row.removed_at.toISOString() },
    started: { by: row.started_by_name, at: row.started_at.toISOString() },
    version: row.version,
  };
}

/** Someone who left by the roster and holds a seat, of whom nobody has started the leaving. */
export function notStarted(row: PersonRow, key: string): Leaver {
  const days = row.roster.flatMap(({ endsOn }) => (endsOn === null ? [] : [endsOn]));
  return {
    id: null,
    address: key,
    name: row.name,
    person: row.id,
    seat: row.account?.seat ?? null,
    lastDay: days.sort().at(-1) ?? null,
    state: 'not_started',
    words: row.state.words,
    owner: null,
    removed: null,
    started: null,
    version: 0,
  };
}
