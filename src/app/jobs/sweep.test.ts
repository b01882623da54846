import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { JOBS } from './jobs.ts';

const DAY = 24 * 3_600_000;
let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

async function sweep(name: RegExp): Promise<void> {
  const job = JOBS.find((one) => name.test(one.name));
  if (job === undefined) throw new Error(`There is no job ${name}.`);
  await job.run(bylaw.services);
}

it('removes what is over, and nothing that still counts or may be asked for later', async () => {
  const { store, clock } = bylaw.services;
  const now = clock().getTime();
  const at = (days: number) => new Date(now + days * DAY);
  const user = bylaw.owner.id;
  const session = (id: string, seen: Date, ends: Date) => ({
    id,
    user_id: user,
    token_hash: id,
    method: 'password',
    ip: '127.0.0.1',
    user_agent: 'test',
    created_at: seen,
    last_seen_at: seen,
    expires_at: ends,
    proved_at: seen,
  });
  const invitation = (id: string, ends: Date, accepted: Date | null) => ({
    id,
    email: `${id}@people.example`,
    name: id,
    token_hash: id,
    grants: '[]',
    invited_by: user,
    created_at: at(-60),
    expires_at: ends,
    accepted_at: accepted,
  });
  await store.write('system', async (tx) => {
    await tx
      .insertInto('sessions')
      .values([
        session('over-long-ago', at(-50), at(-36)),
        session('unused-long-ago', at(-31.5), at(5)),
        session('over-lately', at(-20), at(-6)),
      ])
      .execute();
    await tx
      .insertInto('invitations')
      .values([
        invitation('over-long-ago', at(-31), null),
        invitation('accepted-long-ago', at(-29), at(-31)),
        invitation('over-lately', at(-29), null),
        invitation('open', at(3), null),
      ])
      .execute();
    await tx
      .insertInto('attempts')
      .values([
        { key: 'old', at: at(-2) },
        { key: 'new', at: at(0) },
      ])
      .execute();
    const challenge = (id: string, ends: Date) => ({
      id,
      kind: 'reset',
      token_hash: id,
      data: '{}',
      created_at: at(-2),
      expires_at: ends,
    });
    await tx
      .insertInto('challenges')
      .values([challenge('over', at(-1)), challenge('open', at(1))])
      .execute();
  });
  await sweep(/sign-ins and invitations/);
  const left = await store.read('system', async (tx) => ({
    sessions: (await tx.selectFrom('sessions').select('id').execute()).map(({ id }) => id),
    invitations: (await tx.selectFrom('invitations').select('id').orderBy('id').execute()).map(
      ({ id }) => id,
    ),
    attempts: (await tx.selectFrom('attempts').select('key').execute()).map(({ key }) => key),
    challenges: (await tx.selectFrom('challenges').select('id').execute()).map(({ id }) => id),
  }));
  expect(left).toMatchObject({
    invitations: ['open', 'over-lately'],
    attempts: ['new'],
    challenges: ['open'],
  });
  // The owner's own session, and the one that ended lately.
  expect(left.sessions).toHaveLength(2);
  expect(left.sessions).toContain('over-lately');
});

it('removes a backup that a killed process was sending, and none that is under way', async () => {
  const sending = join(bylaw.services.config.dataDir, 'sending');
  for (const [name, age] of [
    ['backup-old', 2],
    ['backup-new', 0],
  ] as const) {
    await mkdir(join(sending, name), { recursive: true });
    const then = new Date(bylaw.services.clock().getTime() - age * DAY);
    await utimes(join(sending, name), then, then);
  }
  await sweep(/backups that were not sent/);
  expect(await readdir(sending)).toEqual(['backup-new']);
});
