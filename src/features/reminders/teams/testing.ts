import type { Json, TestConsole } from '#server/testing/console.ts';

/** Tuesday and Wednesday, 10:00 in New York, where the clients are. */
export const NOW = new Date('2026-11-24T15:00:00Z');
export const TOMORROW = new Date('2026-11-25T15:00:00Z');
export const DAILY = { version: 0, rhythm: 'daily', weekday: 1 } as const;
/** Entries of a client's audit log with an action, oldest first. */
export async function audit({ services }: TestConsole, client: string, action: string): Promise<Json[]> {
  const rows = await services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_log')
      .select('body')
      .where('client_id', '=', client)
      .where('action', '=', action)
      .orderBy('seq')
      .execute(),
  );
  return rows.map(({ body }) => JSON.parse(body));
}
