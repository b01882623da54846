import { afterAll, beforeAll, beforeEach } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from './importing.ts';

export const MEMBERS = `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Tobin Achterberg,tobin@alder.example.org,User,Standard,Active
Wren Castellane,wren@alder.example.org,User,Premium,Active
`;
export const MEMBERS_LATER = `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Wren Castellane,wren@alder.example.org,User,Standard,Active
Noor Vasquez-Lind,noor@alder.example.org,User,Standard,Active
`;
export const ROSTER = `Name,Email,Status,Department
Mara Ellingsworth,mara@alder.example.org,Active,Office
Tobin Achterberg,tobin@alder.example.org,Active,Field
Wren Castellane,wren@alder.example.org,Active,Field
`;

export const members = (day: string, bytes = MEMBERS) => ({ name: `members-${day}.csv`, bytes });

/** A console for a test file; in it, for each test, a client of its own and Dana, who imports there. */
export function importsOfAClient() {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let dana: TestPerson;
  let imports: ReturnType<typeof importing>;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    bylaw.setNow(TEST_NOW);
    client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`);
    dana = await bylaw.person('technician', client.id, 'Dana Whitlock');
    imports = importing(bylaw, dana, client.slug);
  });
  return {
    get bylaw() {
      return bylaw;
    },
    get client() {
      return client;
    },
    get dana() {
      return dana;
    },
    get imports() {
      return imports;
    },
    /** How many rows of the client a table holds. */
    async rowsIn(table: 'observations' | 'observation_rows' | 'evidence' | 'import_files'): Promise<number> {
      const row = await bylaw.services.store.read([client.id], (tx) =>
        tx
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .where('client_id', '=', client.id)
          .executeTakeFirstOrThrow(),
      );
      return Number(row.n);
    },
    /** What the client's audit log says was done, in order. */
    async actions(): Promise<string[]> {
      const rows = await bylaw.services.store.read([client.id], (tx) =>
        tx
          .selectFrom('audit_log')
          .select('action')
          .where('client_id', '=', client.id)
          .orderBy('seq')
          .execute(),
      );
      return rows.map(({ action }) => action);
    },
    /** The state of a control, as of now. */
    async verdictOf(control: string): Promise<string | undefined> {
      await bylaw.services.verdicts.ensureCurrent([client.id]);
      const rows = await bylaw.services.store.read([client.id], (tx) =>
        tx
          .selectFrom('verdicts')
          .select('state')
          .where('control_id', '=', control)
          .where('until', 'is', null)
          .execute(),
      );
      return rows[0]?.state;
    },
  };
}
