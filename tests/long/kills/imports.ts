import { expect } from 'vitest';
import type { Api } from './api.ts';

/** Files that are imported for one client in sequence. The people in each are in no other. */
export interface Brought {
  readonly client: string;
  /** Number of the file, by id of the import that the server confirmed. */
  readonly reported: Map<string, number>;
  next: number;
}

const PEOPLE = 40;

/** The roster contains one person of each file, because lists with no one in common are not compared. */
const ROSTER = `Full name,Work email,Status,Last day\n${Array.from(
  { length: 500 },
  (_, file) => `Person ${file}-0,p${file}-0@alder.example.org,Active,`,
).join('\n')}\n`;

/** Imports the roster, once. */
export async function bringRoster(api: Api, brought: Brought): Promise<void> {
  brought.reported.set(await api.importFile(brought.client, 'roster.csv', ROSTER), 0);
}

/** A numbered members file, so that a mixture of two files would be noticed. */
function membersFile(number: number): string {
  const rows = Array.from(
    { length: PEOPLE },
    (_, row) =>
      `Person ${number}-${row},p${number}-${row}@alder.example.org,${row === 0 ? 'Primary Owner' : 'User'},Standard`,
  );
  return `Name,Email,Role,Seat type\n${rows.join('\n')}\n`;
}

export async function bringNext(api: Api, brought: Brought): Promise<void> {
  const number = brought.next++;
  brought.reported.set(
    await api.importFile(brought.client, `members-${number}.csv`, membersFile(number)),
    number,
  );
}

/**
 * Checks that every confirmed import is stored, that stored imports and records correspond, that no import is stuck,
 * and that the current reading is one whole file.
 */
export async function importsHold(api: Api, { client, reported }: Brought): Promise<void> {
  // The import of a killed process has the state `reading` until its lease expires.
  await expect
    .poll(async () => (await api.imports(client)).items.filter((one) => one.state === 'reading'), {
      timeout: 180_000,
      interval: 1_000,
    })
    .toEqual([]);
  const { items } = await api.imports(client);
  const state = new Map(items.map((one) => [one.id, one.state]));
  for (const id of reported.keys()) expect(state.get(id)).toBe('stored');
  const stored = items.filter((one) => one.state === 'stored').length;
  expect((await api.stored(client)).total).toBe(stored);
  expect(await api.check(client)).toMatchObject({ whole: true });
  if (stored === 0) return;
  const compared = await api.people(client);
  expect(compared.blocked).toBeNull();
  const listed = compared.items.flatMap(({ account }) => account?.address ?? []);
  const files = new Set(listed.map((email) => /^p(\d+)-/.exec(email)?.[1]));
  expect(listed).toHaveLength(PEOPLE);
  expect(files.size).toBe(1);
}
