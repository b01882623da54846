import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { importOn } from '../retention/testing.ts';
import { coworkLogs, sender } from './testing/send.ts';

const OWN = '11111111-2222-4333-8444-555555555555';
const OTHER = '99999999-2222-4333-8444-555555555555';

/** The control that Cowork's telemetry is sent, decided by what comes in here. */
anyEngine('CLA-VIS-06', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  async function onTeam(name: string, organization: string | null) {
    const client = await bylaw.client(name, { claudePlan: 'team' });
    if (organization !== null)
      await importOn(bylaw, client, '2026-11-24', [
        {
          name: 'charter.yaml',
          bytes: `claudeOrganization: ${organization}\ntelemetry: { endpoint: https://collector.example.org }\n`,
        },
      ]);
    const { send } = await sender({ ...bylaw, owner: await bylaw.person('owner', null) }, client.slug);
    let sequence = 0;
    const arrives = async (values: object, service = 'cowork') => {
      sequence += 1;
      const event = { name: 'user_prompt', values: { 'event.sequence': sequence, ...values } };
      expect((await send('logs', coworkLogs([event], service))).status).toBe(200);
    };
    const control = async () => {
      // A clock that was moved by days ends sessions: someone who signs in now looks.
      const owner = await bylaw.person('owner', null);
      return (await owner.call('GET', `/clients/${client.slug}/controls/CLA-VIS-06`)).body as {
        state: string;
        reason: string;
        checks: unknown;
      };
    };
    return { arrives, control };
  }

  it('passes with the first event of the client’s own organization, and no longer than a week after the last', async () => {
    const { arrives, control } = await onTeam('Alder Team', OWN);
    bylaw.setNow(new Date(TEST_NOW.getTime() - 8 * 86_400_000));
    expect((await control()).state).toBe('cannot_read');
    await arrives({ 'organization.id': OTHER });
    await arrives({});
    await arrives({ 'organization.id': OWN }, 'claude-code');
    expect((await control()).state).toBe('cannot_read');
    await arrives({ 'organization.id': OWN });
    expect(await control()).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('the client’s own organization came in here'),
    });
    bylaw.setNow(TEST_NOW);
    expect((await control()).state).toBe('cannot_read');
    await arrives({ 'organization.id': OWN });
    expect((await control()).state).toBe('pass');
  });

  it('asks which organization is the client’s own where nobody has said', async () => {
    const { arrives, control } = await onTeam('Birch Team', null);
    await arrives({ 'organization.id': OWN });
    const { state, checks } = await control();
    expect(state).toBe('cannot_read');
    expect(JSON.stringify(checks)).toContain('no one has said which organization');
  });
});
// Guide: G2.2-33
