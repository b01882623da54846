import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { at, campaigns, SETTINGS } from './testing.ts';

const NOW = '2026-11-24T15:00:00Z';
type Json = Record<string, unknown>;

anyEngine('messages to holders of personal accounts', (engine) => {
  const here = campaigns(engine);
  const { fresh, entry, stateOf } = here;

  describe('messages', () => {
    const first = (accounts: readonly string[], more: object = {}) =>
      here.it.call('POST', '/messages', { kind: 'first', how: 'mail', accounts, ...more });
    beforeAll(() => fresh());

    test('go out one by one in the client’s name, and are on record as sent by Bylaw', async () => {
      await fresh();
      await here.it.bring('2026-11-20', [
        'kim',
        { name: 'noor', holder: 'Noor https://evil.example/now \u202Ewww.evil.example' },
        { name: 'vague', plan: '', inside: false },
      ]);
      const without = await first([at('kim')]);
      expect([without.status, without.body.message]).toEqual([
        422,
        expect.stringContaining('{contact}, and no contact is set'),
      ]);
      expect(here.it.bylaw.outbox).toEqual([]);
      await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      const { body } = await first([at('kim'), at('Noor'), at('nobody')]);
      expect(body).toMatchObject({
        sent: [at('kim'), at('noor')],
        failed: [],
        refused: [{ account: at('nobody') }],
      });
      expect(here.it.bylaw.outbox.map(({ to }) => to).sort()).toEqual([at('kim'), at('noor')]);
      const mail = here.it.bylaw.outbox.find(({ to }) => to === at('kim'));
      expect(mail).toMatchObject({
        subject: `Your Claude account at alder.example.org`,
        replyTo: 'priya@alder.example.org',
      });
      expect(mail?.text).toContain('Hello Kim Example,');
      expect(mail?.text).toContain('Priya Raman (priya@alder.example.org) will be glad to help');
      expect(mail?.text).not.toMatch(/[{}]/);
      const hostile = here.it.bylaw.outbox.find(({ to }) => to === at('noor'));
      expect(hostile?.text).toContain('Hello Noor https: / / evil. example/ now www. evil. example,');
      expect(await entry('kim')).toMatchObject({
        state: 'contacted',
        contactedHow: 'mail',
        can: ['reminder', 'offer'],
      });
      expect((await first([at('kim')])).body.refused[0].why).toMatch(/was already contacted on Nov 24, 2026/);
      expect(here.it.bylaw.outbox).toHaveLength(2);
      expect((await stateOf('CLA-SHA-04')).reason).toContain('1 of 3 holders');
    });

    test('that fail leave the account as it was and say which and why; the rest goes out', async () => {
      await fresh();
      await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await here.it.bring('2026-11-20', ['kim', 'noor', 'omar']);
      const send = vi.spyOn(here.it.bylaw.services.mail, 'send').mockImplementation(async (message) => {
        if (message.to === at('noor'))
          throw new Error('The mail server refuses the recipient. It said: 550 no such user');
        here.it.bylaw.outbox.push(message);
      });
      const { body } = await first([at('kim'), at('noor'), at('omar')]);
      send.mockRestore();
      expect(body.sent).toEqual([at('kim'), at('omar')]);
      expect(body.failed).toEqual([
        {
          account: at('noor'),
          name: 'Noor Example',
          why: 'The mail server refuses the recipient. It said: 550 no such user',
        },
      ]);
      expect(await entry('noor')).toMatchObject({
        state: 'found',
        messages: 0,
        message: { outcome: 'failed' },
      });
      const log = (
        await here.it.bylaw.owner.call(
          'GET',
          `/clients/${here.it.client.slug}/audit?action=personal_accounts.send`,
        )
      ).body.items;
      expect(log).toHaveLength(6);
      // The second attempt sends it, once.
      expect((await first([at('noor')])).body.sent).toEqual([at('noor')]);
    });

    test('are sent once if two people press at once', async () => {
      await fresh();
      await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await here.it.bring('2026-11-20', ['kim']);
      const [a, b] = await Promise.all([first([at('kim')]), first([at('kim')])]);
      expect([...a.body.sent, ...b.body.sent]).toEqual([at('kim')]);
      expect(here.it.bylaw.outbox).toHaveLength(1);
    });

    test('that were begun and not finished are shown as not known, never as sent', async () => {
      await fresh();
      await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await here.it.bring('2026-11-20', ['kim']);
      // The server stops in the middle: the mail may have been sent, but that was not recorded.
      vi.spyOn(here.it.bylaw.services.mail, 'send').mockReturnValueOnce(new Promise(() => undefined));
      void first([at('kim')]);
      await vi.waitFor(async () => expect((await entry('kim')).message?.outcome).toBe('sending'), 120_000);
      expect((await first([at('kim')])).body.refused[0].why).toBe(
        'Hana Reyes is writing to this holder right now.',
      );
      await here.it.now('2026-11-24T15:20:00Z');
      expect(await entry('kim')).toMatchObject({ state: 'found', message: { outcome: 'unknown' } });
      expect((await first([at('kim')], { how: 'hand' })).body.sent).toEqual([at('kim')]);
      expect(await entry('kim')).toMatchObject({ state: 'contacted', contactedHow: 'hand' });
      await here.it.now(NOW);
    });

    test('go nowhere without a mail server, to other domains, or to whom nobody knows', async () => {
      await fresh({}, { mail: false });
      await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await here.it.bring('2026-11-20', ['kim', 'eve@evil.example']);
      expect((await first([at('kim')])).body.message).toMatch(/^Mail is not set up/);
      const hand = await first([at('kim'), 'eve@evil.example'], { how: 'hand' });
      expect(hand.body.sent).toEqual([at('kim')]);
      expect(hand.body.refused[0].why).toBe('No report and no journal names this account.');
      expect((await first([], { kind: 'managers', to: [] })).status).toBe(400);
      expect((await first([at('kim')], { to: ['a@b.example'] })).status).toBe(400);
    });

    test('are worded per client, with versions; a placeholder that nobody knows is refused by name', async () => {
      await fresh();
      await here.it.call('PUT', '/settings', {
        ...SETTINGS,
        version: 1,
        policyUrl: 'https://alder.example.org/claude',
      });
      await here.it.bring('2026-11-20', ['kim']);
      const edit = (text: string, version: number, kind = 'first') =>
        here.it.call('PUT', `/messages/texts/${kind}`, { version, subject: 'About {organization}', text });
      const wrong = await edit('Hello {nmae}, see {policy}', 0);
      expect([wrong.status, wrong.body.message]).toEqual([
        400,
        '1 placeholder is not known: {nmae}. Known are {name}, {address}, {organization}, {domain}, {contact} and {policy}.',
      ]);
      expect((await edit('Hello {name}', 0, 'managers')).body.message).toMatch(
        /names no one, so it cannot contain \{name\}/,
      );
      expect((await edit('Hello {name}, see {policy}', 0)).body).toMatchObject({ version: 1 });
      expect((await edit('Another', 0)).status).toBe(409);
      const preview = (await here.it.call('GET', '/messages/preview?kind=first')).body;
      expect(preview).toMatchObject({
        account: at('kim'),
        subject: 'About Alder Society',
        text: 'Hello Kim Example, see https://alder.example.org/claude',
        problem: null,
      });
      const texts = (await here.it.call('GET', '/messages/texts')).body.items;
      expect(texts[0]).toMatchObject({
        kind: 'first',
        version: 1,
        written: { by: 'Hana Reyes' },
        proposed: { asOf: '2026-11-26' },
      });
      await first([at('kim')]);
      expect(here.it.bylaw.outbox[0]?.text).toBe('Hello Kim Example, see https://alder.example.org/claude');
      const { messages } = (await here.it.call('GET', `/account/${at('kim')}`)).body;
      expect(messages[0]).toMatchObject({ wording: 1, outcome: 'sent', by: 'Hana Reyes' });
      await first([], { kind: 'managers', to: ['mo@alder.example.org', 'MO@alder.example.org'] });
      expect(here.it.bylaw.outbox.filter(({ to }) => to === 'mo@alder.example.org')).toHaveLength(1);
      const outside = await first([], {
        kind: 'managers',
        to: ['someone@elsewhere.example', 'me@gmail.com'],
      });
      expect(outside.body).toMatchObject({ sent: [], refused: [{ name: null }, { name: null }] });
      expect(here.it.bylaw.outbox).toHaveLength(2);
      expect((await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 })).status).toBe(409);
    });

    test('how many were closed after the first message, with the list behind the number', async () => {
      await fresh();
      await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await here.it.bring('2026-11-20', ['kim', 'noor', 'omar', 'pat']);
      await first([at('kim'), at('noor')]);
      await here.it.now('2026-11-25T15:00:00Z');
      await here.it.call('POST', '/messages', { kind: 'reminder', how: 'mail', accounts: [at('noor')] });
      await here.it.now('2026-11-26T15:00:00Z');
      await here.it.bring('2026-11-26', ['pat']);
      expect((await here.it.list()).statistics).toEqual({
        accounts: 4,
        contacted: 2,
        closed: 3,
        closedAfterFirst: 1,
        closedAfterMore: 1,
        closedWithout: 1,
        open: 1,
        overdue: 0,
        usedForWork: 0,
      });
      const behind = async (after: string) =>
        (await here.it.list(`?closedAfter=${after}`)).items.map((one: Json) => one.account);
      expect([await behind('first'), await behind('more'), await behind('none')]).toEqual([
        [at('kim')],
        [at('noor')],
        [at('omar')],
      ]);
      expect((await entry('kim')).can).toEqual(['thanks']);
      expect(
        (await here.it.call('POST', '/messages', { kind: 'thanks', how: 'mail', accounts: [at('kim')] })).body
          .sent,
      ).toEqual([at('kim')]);
      expect((await entry('kim')).can).toEqual([]);
      await here.it.now(NOW);
    });
  });
});
// Guide: G4.2-03 G4.2-05
