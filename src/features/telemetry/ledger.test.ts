import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { recordRun, serverRuns } from '#store/telemetry/runs.ts';
import { anyEngine } from '#store/testing.ts';
import { ownerNow, runJobs } from '../retention/testing.ts';
import { coworkLogs, sender, type TestEvent } from './testing/send.ts';
import { startUptime } from './uptime.ts';

const LOST = /telemetry that were lost/;
const SWEEP = /old counts of telemetry/;

anyEngine('what is known to be missing of telemetry', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let owner: TestPerson;

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    await bylaw.services.store.write('system', (tx) => tx.deleteFrom('server_runs').execute());
    // Monday 16 November.
    await at('2026-11-16T09:00:00Z');
    client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`, { timezone: 'UTC' });
  });

  const at = async (instant: string) => {
    bylaw.setNow(new Date(instant));
    owner = await ownerNow(bylaw);
  };
  const token = () => sender({ ...bylaw, owner }, client.slug);
  const event = (sequence: number, when: string, more: TestEvent['values'] = {}): TestEvent => ({
    name: 'user_prompt',
    at: when,
    values: { 'event.sequence': sequence, ...more },
  });
  const completeness = async (days: number) =>
    (await owner.call('GET', `/clients/${client.slug}/completeness?days=${days}`)).body;
  const ledger = async (days = 10) => {
    const { ledgers } = await completeness(days);
    const one = ledgers.find(({ source }: { source: string }) => source === 'otlp');
    return one?.spans.map(({ from, to, gap }: Record<string, string>) => [
      from?.slice(5, 16),
      to?.slice(5, 16),
      gap,
    ]);
  };

  it('is not mentioned if nothing was ever set up, and never proves anything', async () => {
    expect(await ledger()).toBeUndefined();
    await token();
    await at('2026-11-16T12:10:00Z');
    expect(await ledger(1)).toEqual([['11-15T12:10', '11-16T12:00', 'no_sender']]);
    const { send } = await token();
    await send('logs', coworkLogs([event(0, '2026-11-16T12:05:00.000Z')]));
    await at('2026-11-16T13:10:00Z');
    const answer = await completeness(1);
    expect(answer).toMatchObject({ whole: false, gaps: true });
    expect(answer.ledgers).toMatchObject([{ source: 'otlp', proves: false, complete: null }]);
    expect(await ledger(1)).toEqual([
      ['11-15T13:10', '11-16T12:00', 'no_sender'],
      ['11-16T12:00', '11-16T13:00', null],
    ]);
  });

  it('covers what was refused, days without a sender, and the time without a token', async () => {
    const { send, id } = await token();
    await send('logs', coworkLogs([event(0, '2026-11-16T09:00:00.000Z')]));
    await at('2026-11-17T10:00:00Z');
    await send('logs', coworkLogs([event(1, '2026-11-17T10:00:00.000Z')]));
    expect((await send('logs', '{')).status).toBe(400);
    // Told to come again: what it holds is not lost.
    await send('metrics', { resourceMetrics: [] });
    await at('2026-11-19T08:00:00Z');
    await owner.call('DELETE', `/clients/${client.slug}/telemetry/tokens/${id}`);
    await at('2026-11-23T09:10:00Z');
    expect(await ledger(8)).toEqual([
      ['11-15T09:10', '11-16T09:00', 'no_sender'],
      ['11-16T09:00', '11-17T10:00', null],
      ['11-17T10:00', '11-17T11:00', 'refused'],
      ['11-17T11:00', '11-18T00:00', null],
      // Wednesday; Thursday from the revocation on is another cause.
      ['11-18T00:00', '11-19T08:00', 'silent'],
      ['11-19T08:00', '11-23T09:00', 'no_token'],
    ]);
    expect((await completeness(8)).says).toMatch(/may be too low/);
  });

  it('takes holidays and the client’s own working days as they are', async () => {
    const own = await bylaw.client(`Harrow ${Math.random().toString(36).slice(2, 8)}`, {
      timezone: 'America/New_York',
      holidays: ['2026-11-17'],
      normalHours: { start: '09:00', end: '17:00', days: ['tue', 'wed', 'sat'] },
    });
    client = own;
    const { send } = await token();
    await send('logs', coworkLogs([event(0, '2026-11-16T09:00:00.000Z')]));
    await at('2026-11-23T09:10:00Z');
    expect((await ledger(8)).filter(([, , gap]: string[]) => gap === 'silent')).toEqual([
      ['11-18T05:00', '11-19T05:00', 'silent'],
      ['11-21T05:00', '11-22T05:00', 'silent'],
    ]);
  });

  it('is the time in which no server was there, not a short restart', async () => {
    const { send } = await token();
    await send('logs', coworkLogs([event(0, '2026-11-16T09:00:00.000Z')]));
    const run = (id: string, from: string, to: string) =>
      bylaw.services.store.write('system', (tx) =>
        recordRun(
          tx,
          `${id} ${client.id}`,
          new Date(`2026-11-16T${from}:00Z`),
          new Date(`2026-11-16T${to}:00Z`),
        ),
      );
    await run('a', '09:00', '10:00');
    await run('b', '10:02', '11:00');
    await run('b', '10:02', '11:30');
    await run('c', '12:15', '14:00');
    await at('2026-11-16T13:40:00Z');
    expect(await ledger(1)).toEqual([
      ['11-15T13:40', '11-16T09:00', 'no_sender'],
      ['11-16T09:00', '11-16T11:30', null],
      ['11-16T11:30', '11-16T12:15', 'server_down'],
      ['11-16T12:15', '11-16T13:30', null],
    ]);
  });

  it('is where numbers of a session never came, until they do', async () => {
    const { send } = await token();
    await at('2026-11-16T09:55:00Z');
    const other = { 'session.id': 'session-2' };
    await send(
      'logs',
      coworkLogs([
        event(0, '2026-11-16T09:00:00.000Z'),
        event(1, '2026-11-16T09:10:00.000Z'),
        event(4, '2026-11-16T09:40:00.000Z'),
        // What came before the first that is known, nobody can tell.
        event(7, '2026-11-16T09:00:00.000Z', other),
        event(8, '2026-11-16T09:50:00.000Z', other),
      ]),
    );
    await at('2026-11-16T10:20:00Z');
    expect(await ledger(1)).toEqual([
      ['11-15T10:20', '11-16T09:00', 'no_sender'],
      ['11-16T09:00', '11-16T10:10', null],
    ]);
    await runJobs(bylaw, LOST);
    expect((await ledger(1)).slice(1)).toEqual([
      ['11-16T09:00', '11-16T09:10', null],
      ['11-16T09:10', '11-16T09:40', 'lost_on_the_way'],
      ['11-16T09:40', '11-16T10:10', null],
    ]);
    await send('logs', coworkLogs([event(3, '2026-11-16T09:35:00.000Z')]));
    // What came within the last quarter of an hour may still be overtaken.
    await at('2026-11-16T10:30:00Z');
    await runJobs(bylaw, LOST);
    expect((await ledger(1))[2]).toEqual(['11-16T09:10', '11-16T09:40', 'lost_on_the_way']);
    await at('2026-11-16T10:40:00Z');
    await runJobs(bylaw, LOST);
    expect((await ledger(1))[2]).toEqual(['11-16T09:10', '11-16T09:35', 'lost_on_the_way']);
    await send('logs', coworkLogs([event(2, '2026-11-16T09:20:00.000Z')]));
    await at('2026-11-16T11:00:00Z');
    await runJobs(bylaw, LOST);
    expect((await ledger(1)).map(([, , gap]: string[]) => gap)).toEqual(['no_sender', null]);
  });

  it('forgets sessions that are over, those with holes and the time of servers after 400 days', async () => {
    const up = startUptime(bylaw.services);
    await up.stop();
    const { send } = await token();
    await send('logs', coworkLogs([0, 1, 5].map((n) => event(n, '2026-11-16T09:00:00.000Z'))));
    await send(
      'logs',
      coworkLogs([0, 1].map((n) => event(n, '2026-11-16T09:00:00.000Z', { 'session.id': 'whole' }))),
    );
    const held = () =>
      bylaw.services.store.read('system', async (tx) => ({
        sessions: (
          await tx
            .selectFrom('activity_sequences')
            .select('session')
            .where('client_id', '=', client.id)
            .execute()
        ).map(({ session }) => session),
        runs: await serverRuns(tx),
      }));
    await at('2026-11-16T10:00:00Z');
    await runJobs(bylaw, LOST);
    const { sessions, runs } = await held();
    expect(sessions.sort()).toEqual(['session-1', 'whole']);
    expect(runs).toEqual([{ from: '2026-11-16T09:00:00.000Z', to: '2026-11-16T09:00:00.000Z' }]);
    await at('2026-12-02T09:00:00Z');
    await runJobs(bylaw, SWEEP);
    expect((await held()).sessions).toEqual(['session-1']);
    await at('2027-12-23T09:00:00Z');
    await runJobs(bylaw, SWEEP);
    expect(await held()).toEqual({ sessions: [], runs: [] });
  });

  it('does not count events of another organization in the same session as lost', async () => {
    await bylaw.services.store.write([client.id], (tx) =>
      tx
        .insertInto('documents')
        .values({
          client_id: client.id,
          id: 'charter',
          kind: 'charter',
          version: 1,
          value: JSON.stringify({ claudeOrganization: '550e8400-e29b-41d4-a716-446655440000' }),
          lines: '{}',
          file: 'charter.yaml',
          sha256: 'a'.repeat(64),
          stored_at: new Date('2026-11-16T08:00:00Z'),
          stored_by: owner.id,
        } as never)
        .execute(),
    );
    const { send } = await token();
    const elsewhere = { 'organization.id': '11111111-e29b-41d4-a716-446655440000' };
    await send(
      'logs',
      coworkLogs([
        event(0, '2026-11-16T09:00:00.000Z'),
        event(1, '2026-11-16T09:10:00.000Z', elsewhere),
        event(2, '2026-11-16T09:20:00.000Z'),
      ]),
    );
    await at('2026-11-16T10:20:00Z');
    await runJobs(bylaw, LOST);
    expect((await ledger(1)).map(([, , gap]: string[]) => gap)).toEqual(['no_sender', null]);
  });
});
// Guide: G5.3-00
