import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { coworkLogs } from '#features/telemetry/testing/send.ts';
import { insertToken } from '#store/access/tokens.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { openStore } from '#store/open.ts';
import { eachEngine } from '#store/testing.ts';
import { freePort } from '../../support/free-port.ts';
import { killed } from './killed.ts';
import { seeded } from './seeded.ts';

const RUN = fileURLToPath(new URL('telemetry-run.ts', import.meta.url));
/** Number of kills per run; set by BYLAW_KILLS. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 2);
/** Timeout of the whole test, in milliseconds. On a busy machine, starting processes takes most of it. */
const TIMEOUT_MS = 600_000 + KILLS * 60_000;
const SEED = Number(process.env.BYLAW_SEED ?? 20_261_126);
const SECRET = `byl_ingest_${'c'.repeat(43)}`;
const SENDERS = 4;
const PER_REQUEST = 25;

eachEngine('telemetry, killed without warning', (engine) => {
  it(`keeps each event that it said it had, once, over ${KILLS} kills (seed ${SEED})`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { dataDir, databaseUrl } = await engine.place();
    const port = await freePort();
    const open = () => openStore({ dataDir, databaseUrl });
    const filled = await open();
    await filled.write('system', async (tx) => {
      await tx
        .insertInto('clients')
        .values({
          id: 'alder',
          slug: 'alder',
          name: 'Alder',
          profile: JSON.stringify({ name: 'Alder', domains: ['alder.org'], claudePlan: 'team' }),
          settings: '{}',
          created_at: new Date(),
        })
        .execute();
      await insertToken(tx, {
        name: 'Laptops',
        purpose: 'ingest',
        userId: null,
        createdBy: 'nobody',
        clientId: 'alder',
        secret: SECRET,
        prefix: 'byl_ingest_cccccc',
        expiresAt: null,
        now: new Date(),
      });
    });
    await filled.close();

    const random = seeded(SEED);
    /** Acknowledged requests, and those without a response, which are sent again. */
    const reported = new Set<string>();
    const unsure: string[] = [];
    let next = 0;
    const send = async (session: string): Promise<boolean> => {
      const events = Array.from({ length: PER_REQUEST }, (_, n) => ({
        name: 'user_prompt',
        at: new Date(Date.now() - 60_000).toISOString().replace(/\d{3}Z$/, '000Z'),
        values: { 'session.id': session, 'event.sequence': n },
      }));
      // Like an exporter, a retry sends identical bytes.
      const body = bodies.get(session) ?? JSON.stringify(coworkLogs(events));
      bodies.set(session, body);
      const answer = await fetch(`http://127.0.0.1:${port}/v1/logs`, {
        method: 'POST',
        headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
        body,
      });
      if (answer.status === 503) return false;
      expect(answer.status).toBe(200);
      reported.add(session);
      return true;
    };
    const bodies = new Map<string, string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const round = await killed(
        [process.execPath, RUN],
        {
          after: Math.floor(random() * 600),
          working: /^ready/,
          // The delay before the kill starts with a response, so that rounds are not empty on a slow machine.
          before: async () => {
            const session = unsure.pop() ?? `session-${next++}`;
            while (!(await send(session)));
          },
          during: async () => {
            const again = unsure.splice(0);
            await Promise.all(
              Array.from({ length: SENDERS }, async () => {
                for (;;) {
                  const session = again.pop() ?? `session-${next++}`;
                  try {
                    if (!(await send(session))) again.push(session);
                  } catch (error) {
                    unsure.push(session);
                    if (error instanceof TypeError) return;
                    throw error;
                  }
                }
              }),
            );
          },
        },
        {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          BYLAW_DATA: dataDir,
          BYLAW_PORT: String(port),
          ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
        },
      );
      expect(round.complaint).toBe('');
      expect(round.working).toBe(true);
    }
    const store = await open();
    const kept = new Map<string, number>();
    let after = 0;
    for (;;) {
      const some = await store.read(['alder'], (tx) => activitiesAfter(tx, 'alder', after, 5_000));
      for (const { session } of some) kept.set(session ?? '', (kept.get(session ?? '') ?? 0) + 1);
      after = some.at(-1)?.seq ?? after;
      if (some.length === 0) break;
    }
    const counted = await store.read(['alder'], (tx) =>
      tx
        .selectFrom('activity_intake')
        .select((eb) => eb.fn.sum<string>('events').as('events'))
        .executeTakeFirst(),
    );
    await store.close();
    expect(reported.size).toBeGreaterThan(0);
    expect([...reported].filter((session) => kept.get(session) !== PER_REQUEST)).toEqual([]);
    // A request without a response is stored completely or not at all, and the counts match what is stored.
    expect([...kept.values()].every((count) => count === PER_REQUEST)).toBe(true);
    expect(Number(counted?.events)).toBe([...kept.values()].reduce((sum, count) => sum + count, 0));
    await rm(dataDir, { recursive: true });
  });
});
