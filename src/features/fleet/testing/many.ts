import { sql } from 'kysely';
import type { TestConsole } from '#server/testing/console.ts';

/**
 * Creates many clients with equal verdicts in an empty console. Only the first is evaluated, and its verdicts are
 * copied in the database, because evaluating each would take longer than the test itself.
 */
export async function manyClients(
  { client, services }: TestConsole,
  count: number,
  nameOf: (at: number) => string,
): Promise<void> {
  const first = await client(nameOf(0));
  await services.verdicts.refresh(first.id);
  for (let at = 1; at < count; at += 1) await client(nameOf(at));
  await services.store.write('system', async (tx) => {
    const row = await tx
      .selectFrom('verdicts')
      .selectAll()
      .where('client_id', '=', first.id)
      .executeTakeFirstOrThrow();
    const columns = Object.keys(row).filter((name) => name !== 'id' && name !== 'client_id');
    const names = sql.join(columns.map((name) => sql.ref(name)));
    const values = sql.join(columns.map((name) => sql.ref(`verdicts.${name}`)));
    await sql`insert into verdicts (id, client_id, ${names})
      select gen_random_uuid(), clients.id, ${values} from verdicts, clients
      where verdicts.client_id = ${first.id} and clients.id <> ${first.id}`.execute(tx);
    await sql`update clients set decided_version = decided.decided_version, decided_day = decided.decided_day,
      decided_at = decided.decided_at, catalogue_digest = decided.catalogue_digest, status = decided.status
      from clients as decided where decided.id = ${first.id} and clients.id <> ${first.id}`.execute(tx);
  });
}
