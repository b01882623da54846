import { describe, expect, test } from 'vitest';
import type { WorkItem } from '#domain/work/items.ts';
import { type Json, type TestPerson, testConsole } from '#server/testing/console.ts';
import { WORKSPACE } from '#store/audit.ts';
import { openStore } from '#store/open.ts';
import { newMigratedDatabase } from '#store/testing.ts';
import { startWorkflow } from '../../../../sandbox/teams/workflow.ts';
import { sendDueDigests } from '../send-digests.ts';
import { dueCard } from './card.ts';
import { postCard } from './post.ts';
import { sendDueCards } from './send-cards.ts';
import { audit, DAILY, NOW, TOMORROW } from './testing.ts';

describe('a Teams workflow that cannot be reached', () => {
  const services = {
    clock: () => NOW,
    config: { privateHosts: ['localhost'] },
  } as unknown as Parameters<typeof postCard>[0];
  test('is given up after a while, or at once if nothing listens', async () => {
    const far = await startWorkflow();
    far.answerNext({ status: 'silent' });
    expect(await postCard(services, new URL(far.address), '{}', 200)).toMatchObject({
      outcome: 'unknown',
      status: null,
      says: expect.stringContaining('did not answer in time'),
    });
    await far.close();
    expect(await postCard(services, new URL(far.address), '{}')).toMatchObject({
      outcome: 'refused',
      says: expect.stringContaining('cannot be reached'),
    });
    expect(await postCard(services, new URL('https://127.0.0.1:1/x?sig=SECRET'), '{}')).toMatchObject({
      outcome: 'refused',
      says: expect.stringMatching(/^(?!.*SECRET).*private network/),
    });
  });
});

test('the workspace channel covers every client, and is for Owners only', async () => {
  const bylaw = await testConsole({ now: NOW });
  const far = await startWorkflow();
  const set = (by: TestPerson, body: object) => by.call('PUT', '/settings/teams', { ...DAILY, ...body });
  try {
    const clients = [];
    for (const name of ['One **Guild**', 'Two', 'Three']) clients.push(await bylaw.client(name));
    await bylaw.owner.call('POST', '/sandbox', {});
    await bylaw.owner.call('PUT', `/clients/${clients[0]?.slug}/reminders/names`, {
      allowed: true,
      reason: 'Yes',
    });
    const admin = await bylaw.person('client_admin', clients[0]?.id ?? null);
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/test'],
    ] as const)
      expect(
        (await admin.call(method, `/settings/teams${path}`, method === 'GET' ? undefined : { version: 0 }))
          .status,
      ).toBe(403);
    const stored = await set(bylaw.owner, { address: far.address });
    expect(stored.body).toMatchObject({
      version: 1,
      zone: 'America/New_York',
      teams: { next: '2026-11-25' },
    });
    expect((await bylaw.owner.call('POST', '/settings/teams/test', {})).body.accepted).toBe(true);
    expect((await bylaw.owner.call('GET', '/settings')).body.outbound).toContainEqual({
      host: new URL(far.address).host,
      for: 'Teams: reminders of the workspace',
    });
    bylaw.setNow(TOMORROW);
    await Promise.all([sendDueCards(bylaw.services), sendDueCards(bylaw.services)]);
    expect(far.runs.map(({ state }) => state)).toEqual(['Succeeded', 'Succeeded']);
    const card = far.runs[1]?.card as Json;
    const lines = card.body
      .slice(2)
      .map(({ inlines }: Json) => inlines.map(({ text }: Json) => text).join(''));
    expect(lines.toSorted()).toEqual(
      ['One **Guild**', 'Three', 'Two'].map((name) => `${name}: 1 waiting for someone`),
    );
    expect(card.body[0].text).toBe('3 pieces of work are due');
    expect(card.actions[0].url).toBe(`${bylaw.services.config.origin}/work`);
    const rows = await audit(bylaw, WORKSPACE, 'reminders.card');
    expect(rows.map(({ after }) => after.state)).toEqual(['sending', 'sent']);
    // What belongs to no client is seen in no client's name.
    const seen = await bylaw.services.store.read([clients[0]?.id ?? ''], (tx) =>
      tx.selectFrom('teams_channels').selectAll().execute(),
    );
    expect(seen).toEqual([]);
    bylaw.setNow(NOW);
    expect((await set(bylaw.owner, {})).status).toBe(409);
    expect((await bylaw.owner.call('DELETE', '/settings/teams', { version: 1 })).body).toMatchObject({
      teams: null,
      version: 0,
    });
    for (const action of ['set', 'test', 'remove'])
      expect(await audit(bylaw, WORKSPACE, `reminders.${action}_workspace_teams`)).toHaveLength(1);
  } finally {
    await far.close();
    await bylaw.close();
  }
});

test('a card holds as many titles as fit, and counts the rest', () => {
  const item = (at: number) =>
    ({ title: `${at} ${'協'.repeat(70)}`, when: 'overdue', due: '2026-11-02' }) as WorkItem;
  const client = { id: 'a', slug: 'alder', name: 'Alder', timezone: 'UTC', sandbox: false };
  const due = {
    client,
    today: '2026-11-25',
    items: Array.from({ length: 40 }, (_, at) => item(at)),
    named: true,
  };
  const shown = (maxBytes: number) => {
    const card = dueCard(due, 'https://bylaw.example', { maxBytes, cardVersion: '1.4' });
    return { bytes: Buffer.byteLength(card), titles: card.match(/協{60}/g)?.length ?? 0, card };
  };
  expect(shown(28_000)).toMatchObject({ titles: 25, card: expect.stringContaining('and 15 more') });
  const small = shown(4_000);
  expect(small.bytes).toBeLessThanOrEqual(4_000);
  expect(small).toMatchObject({ titles: 10, card: expect.stringContaining('and 30 more') });
  expect(shown(1_200)).toMatchObject({ titles: 0, card: expect.stringContaining('40 overdue') });
});

test('where no workflow answers, three channels are tried and the others wait for the next look', async () => {
  const bylaw = await testConsole({ now: NOW });
  const far = await startWorkflow();
  try {
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
      const { slug } = await bylaw.client(name);
      await bylaw.owner.call('PUT', `/clients/${slug}/reminders/teams`, { ...DAILY, address: far.address });
    }
    bylaw.setNow(TOMORROW);
    far.answerNext({ status: 'broken' }, { status: 'broken' }, { status: 'broken' });
    await sendDueCards(bylaw.services);
    expect([far.requests, far.runs.length]).toEqual([3, 0]);
    await sendDueCards(bylaw.services);
    expect([far.requests, far.runs.length]).toEqual([5, 2]);
  } finally {
    await far.close();
    await bylaw.close();
  }
});

test('two servers on one PostgreSQL send each mail and each card once', async () => {
  const databaseUrl = await newMigratedDatabase();
  const open = () => openStore({ dataDir: null, databaseUrl });
  const one = await testConsole({ store: await open(), now: NOW });
  const other = await testConsole({ store: await open(), now: NOW });
  const far = await startWorkflow();
  try {
    const people = await Promise.all(
      ['Ada', 'Ben', 'Cal', 'Dot'].map((name) => one.person('technician', null, name)),
    );
    for (const person of people)
      await person.call('PUT', '/me/reminders', { rhythm: 'daily', ownOnly: false });
    for (const name of ['One', 'Two', 'Three']) {
      const { slug } = await one.client(name);
      await one.owner.call('PUT', `/clients/${slug}/reminders/teams`, { ...DAILY, address: far.address });
    }
    for (const server of [one, other]) server.setNow(TOMORROW);
    const second = { ...other.services, sealer: one.services.sealer };
    await Promise.all([
      sendDueDigests(one.services),
      sendDueDigests(second),
      sendDueCards(one.services),
      sendDueCards(second),
    ]);
    const sent = [...one.outbox, ...other.outbox].map(({ to }) => to);
    expect(sent.toSorted()).toEqual(people.map(({ email }) => email).toSorted());
    expect(far.runs.map(({ state }) => state)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
  } finally {
    await far.close();
    await one.close();
    await other.close();
  }
});
