import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Kind, Rows } from '#domain/model/kinds.ts';
import { reading } from '#domain/testing/build.ts';
import type { Store } from '#store/open.ts';

/** Stores a reading of a client like an import, so that verdicts rest on it. For tests. */
export async function putReading<K extends Kind>(
  store: Store,
  clientId: string,
  kind: K,
  rows: readonly (Partial<Rows[K]> & object)[],
  observedOn: string,
): Promise<void> {
  const made = reading(kind, rows, { observedOn, file: `${kind}-${observedOn}.csv` });
  const id = randomUUID();
  await store.write([clientId], async (tx) => {
    await tx
      .insertInto('observations')
      .values({
        id,
        client_id: clientId,
        kind,
        provenance: 'import',
        file: made.file,
        sha256: id.replaceAll('-', '').padEnd(64, '0'),
        bytes: 100,
        modified: `${observedOn}T12:00:00Z`,
        content_day: observedOn,
        observed_on: observedOn,
        date_from: 'content',
        complete: true,
        by_hand: false,
        mapping: '[]',
        unmapped: '[]',
        notes: '[]',
        row_count: rows.length,
        rows_digest: id,
        stored_at: `${observedOn}T13:00:00Z`,
        stored_by: 'test',
      })
      .execute();
    await tx
      .insertInto('observation_rows')
      .values({
        client_id: clientId,
        observation_id: id,
        part: 0,
        rows: deflateSync(JSON.stringify(made.rows)),
      })
      .execute();
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute();
  });
}

const at = (name: string) => `${name}@alder.example.org`;
export const member = (
  name: string,
  email: string,
  more: Partial<Rows['members']> = {},
): Partial<Rows['members']> => ({
  name,
  email,
  role: 'user',
  roleText: 'User',
  status: 'active',
  ...more,
});
const staff = (
  name: string,
  email: string | null,
  more: Partial<Rows['roster']> = {},
): Partial<Rows['roster']> => ({
  name,
  emails: email === null ? [] : [email],
  status: 'active',
  department: 'Survey',
  ...more,
});

/**
 * Two leavers, a stranger, a shared mailbox, a person who resembles a staff record, and one without a seat. For tests.
 */
export async function putPeople(store: Store, clientId: string, observedOn = '2026-11-24'): Promise<void> {
  await putReading(
    store,
    clientId,
    'members',
    [
      member('Ana Ruiz', at('ana'), { role: 'primary_owner', roleText: 'Primary Owner' }),
      member('Ben Okafor', at('ben')),
      member('Tobin Achterberg', at('tobin')),
      member('Wren Castellane', at('wren')),
      member('Noor Vasquez', at('noor'), { addedOn: '2026-11-03', joinedBy: 'link' }),
      member('Membership', at('membership')),
      member('Kit Hargreaves', at('kit')),
    ],
    observedOn,
  );
  await putReading(
    store,
    clientId,
    'roster',
    [
      staff('Ana Ruiz', at('ana')),
      staff('Ben Okafor', at('ben')),
      staff('Tobin Achterberg', at('tobin'), { status: 'left', endsOn: '2026-10-12' }),
      staff('Wren Castellane', at('wren'), { status: 'left', endsOn: '2026-10-30' }),
      staff('Kit Osei-Hargreaves', at('katherine')),
      staff('Bram Oyelaran', at('bram')),
    ],
    observedOn,
  );
}

/** Sets the clock and keeps everyone signed in, because sessions end long before exceptions do. For tests. */
export async function later(
  console: { setNow(now: Date): void; readonly services: { readonly store: Store } },
  now: string,
): Promise<void> {
  const at = new Date(now);
  console.setNow(at);
  await console.services.store.write('system', (tx) =>
    tx
      .updateTable('sessions')
      .set({ last_seen_at: at, proved_at: at, expires_at: new Date(at.getTime() + 3_600_000) })
      .execute(),
  );
}
