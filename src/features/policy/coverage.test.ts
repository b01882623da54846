import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, TEST_NOW } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { counting } from '../imports/testing/importing.ts';
import { member, putReading } from '../people/testing.ts';
import { INVENTED } from '../shared/invented.ts';
import { type PolicyOffice, policyOffice } from './testing/office.ts';

const DAY = 24 * 3_600_000;
const TOBIN = 'tobin@alder.example.org';

anyEngine('who acknowledged the policy', (engine) => {
  let office: PolicyOffice;
  let page: string;
  beforeAll(async () => {
    office = await policyOffice(engine);
    expect((await office.publish()).status).toBe(201);
    page = await office.openPage();
    await office.sign(page, TOBIN, 'Tobin Achterberg');
    await office.sign(page, 'wren@alder.example.org', 'Wren Castellane');
  });
  afterAll(() => office.bylaw.close());

  test('is counted over those with Claude, and cannot be read without a members file', async () => {
    const { state, number, of, done, items, enough } = await office.coverage();
    expect([state, number, enough]).toEqual(['ready', 1, false]);
    expect(items).toHaveLength(of);
    expect(done).toBe(items.filter((one: Json) => one.state === 'acknowledged').length);
    expect(items.find((one: Json) => one.address === TOBIN)).toMatchObject({
      state: 'acknowledged',
      label: '1',
    });
    office.bylaw.setNow(new Date(TEST_NOW.getTime() + 60 * DAY));
    const later = await office.bylaw.person('hr', office.client.id);
    const { body: stale } = await later.call('GET', office.at('/coverage'));
    expect(stale).toMatchObject({ state: 'cannot_read', of: null, done: null, enough: null, items: [] });
    expect(stale.why).toMatch(/members/u);
    office.bylaw.setNow(TEST_NOW);
  });

  test('those who are missing are asked by mail, not twice within a day', async () => {
    office.bylaw.outbox.length = 0;
    const missing = (await office.coverage()).items.filter((one: Json) => one.state === 'missing');
    const first = await office.hr.call('POST', office.at('/reminders'), {});
    expect(first.body).toEqual({ sent: missing.length, failed: 0, waiting: 0 });
    expect(office.bylaw.outbox.map(({ to }) => to).sort()).toEqual(
      missing.map((one: Json) => one.address).sort(),
    );
    const again = await office.hr.call('POST', office.at('/reminders'), {});
    expect(again.body).toEqual({ sent: 0, failed: 0, waiting: missing.length });
    // The address in the mail asks for a link to that person alone, whatever is typed.
    const [mail] = office.bylaw.outbox;
    const path = new URL(/https?:\S+\/policy\/\S+/u.exec(mail?.text ?? '')?.[0] ?? '').pathname;
    expect((await office.browse('GET', path)).body).not.toContain(mail?.to);
    office.bylaw.outbox.length = 0;
    await office.browse('POST', path, { address: TOBIN });
    expect(office.bylaw.outbox.map(({ to }) => to)).toEqual([mail?.to]);
  });

  test('goes to no one in the sandbox, whose people are invented', async () => {
    const sandbox = (on: boolean) =>
      office.bylaw.services.store.write([office.client.id], (tx) =>
        tx.updateTable('clients').set({ sandbox: on }).where('id', '=', office.client.id).execute(),
      );
    await sandbox(true);
    office.bylaw.outbox.length = 0;
    expect((await office.overview()).mail).toBe(false);
    for (const to of ['missing', 'without_seat']) {
      const { status, body } = await office.hr.call('POST', office.at('/reminders'), { to });
      expect([status, body]).toEqual([422, expect.objectContaining({ message: INVENTED })]);
    }
    expect(office.bylaw.outbox).toEqual([]);
    await sandbox(false);
  });

  test('goes to staff of the roster without Claude, too, with a record of each mail', async () => {
    const before = (await office.coverage()).distribution;
    expect(before.of).toBeGreaterThan(0);
    expect(before.reached).toBe(0);
    office.bylaw.outbox.length = 0;
    const sent = await office.hr.call('POST', office.at('/reminders'), { to: 'without_seat' });
    expect(sent.body).toEqual({ sent: before.of, failed: 0, waiting: 0 });
    const seats = new Set((await office.coverage()).items.map((one: Json) => one.address));
    const to = office.bylaw.outbox.map((mail) => mail.to);
    expect(to.filter((one) => seats.has(one))).toEqual([]);
    expect((await office.overview()).coverage.distribution).toEqual({ of: before.of, reached: before.of });
    const { items } = (await office.hr.call('GET', office.at('/deliveries'))).body;
    expect(items.map((one: Json) => one.address)).toEqual(expect.arrayContaining(to));
    const again = await office.hr.call('POST', office.at('/reminders'), { to: 'without_seat' });
    expect(again.body).toEqual({ sent: 0, failed: 0, waiting: before.of });
  });

  test('stays after a revision, and is asked again after a material change from its day on', async () => {
    const before = (await office.coverage()).done;
    const { body: made } = await office.hr.call('POST', office.at('/drafts'), {});
    const reworded = { ...made.content, intro: 'This page says what you may use Claude for.' };
    await office.hr.call('POST', office.draft(made.id, '/withdraw'), {
      version: made.version,
      reason: 'Start again',
    });
    expect((await office.publish({ content: reworded, material: false, reason: 'Shorter' })).status).toBe(
      201,
    );
    expect((await office.overview()).current.label).toBe('1.1');
    expect(await office.coverage()).toMatchObject({ number: 1, done: before });
    const [first, uses, ...rest] = reworded.sections;
    const fewer = { ...uses, items: uses.items.filter(({ id }: Json) => id !== 'use_automation') };
    const scheduled = {
      ...reworded,
      intro: 'What changes on 1 December.',
      sections: [first, fewer, ...rest],
    };
    const leftOut = { use_automation: 'No one here automates.' };
    await office.publish({
      content: scheduled,
      material: true,
      reason: 'New rule',
      effectiveOn: '2026-12-01',
      leftOut,
    });
    // A use of the template that is switched off is on record as a deviation, with its reason.
    expect((await office.hr.call('GET', office.at('/versions/2'))).body.leftOut).toEqual([
      expect.objectContaining({ id: 'use_automation', reason: leftOut.use_automation }),
    ]);
    const log = `/clients/${office.client.slug}/audit`;
    const { owner } = office.bylaw;
    const [published] = (await owner.call('GET', `${log}?action=policy.publish`)).body.items;
    expect((await owner.call('GET', `${log}/records/${published.seq}`)).body.body).toContain(
      leftOut.use_automation,
    );
    const { current, versions } = await office.overview();
    expect([current.label, versions[0]]).toMatchObject(['1.1', { label: '2', state: 'scheduled' }]);
    expect((await office.browse('GET', page)).body).not.toContain('What changes on 1 December');
    office.bylaw.setNow(new Date('2026-12-01T15:00:00Z'));
    const later = await office.bylaw.person('hr', office.client.id);
    expect((await later.call('GET', office.at('/coverage'))).body).toMatchObject({ number: 2, done: 0 });
    expect((await office.browse('GET', page)).body).toContain('What changes on 1 December');
    office.bylaw.setNow(TEST_NOW);
  });

  test('a source that the notice does not name makes a new version due', async () => {
    expect((await office.overview()).unnamed).toEqual([]);
    await putReading(office.bylaw.services.store, office.client.id, 'sign_ins', [], '2026-11-22');
    expect((await office.overview()).unnamed).toEqual(['sign-ins']);
    const { body: made } = await office.hr.call('POST', office.at('/drafts'), {});
    expect(made.faults).toContain(
      'The notice does not name one thing that is read here: sign-ins. Name it, or stop reading it.',
    );
    const [first, , ...rest] = made.content.sections;
    const own = { id: 'own_1', text: 'Close the window when you are done.' };
    const left = { ...made.content, sections: [{ ...first, items: [...first.items, own] }, ...rest] };
    const { body: edited } = await office.edit(
      office.hr,
      made.id,
      office.fill(made, { content: left, material: false, collected: ['usage', 'connectors', 'sign_ins'] }),
    );
    expect(edited).toMatchObject({ material: true, becomes: '3' });
    const propose = (version: number) =>
      office.hr.call('POST', office.draft(made.id, '/propose'), { version });
    expect(await propose(edited.version)).toMatchObject({
      status: 422,
      body: {
        message: expect.stringMatching(/^“Draft, edit and summarize .*” from the template is left out/u),
      },
    });
    const leftOut = Object.fromEntries(edited.leftOut.map(({ id }: Json) => [id, 'No one here does that.']));
    expect(Object.keys(leftOut)).toHaveLength(4);
    const { body: explained } = await office.edit(office.hr, made.id, {
      ...office.fill(edited, {
        content: left,
        material: false,
        collected: ['usage', 'connectors', 'sign_ins'],
        leftOut,
      }),
    });
    expect(explained.faults.filter((one: string) => one.includes('left out'))).toEqual([]);
    expect(explained.leftOut[0]).toMatchObject({ id: 'use_drafting', reason: 'No one here does that.' });
    expect(edited.clauses.filter(({ held }: Json) => !held).map(({ id }: Json) => id)).toContain(
      'use_drafting',
    );
    expect(edited.differences).toContainEqual({
      id: 'item/own_1',
      where: first.title,
      before: null,
      after: own.text,
    });
    expect(edited.differences).toContainEqual(
      expect.objectContaining({ id: 'item/use_drafting', after: null }),
    );
    await office.hr.call('POST', office.draft(made.id, '/withdraw'), {
      version: explained.version,
      reason: 'Only tried',
    });
  });

  test('is exported with names as text, never as formulas', async () => {
    const { link, cookie } = await office.ask('office@alder.example.org', page);
    const opened = await office.browse('GET', link ?? '', {}, cookie);
    await office.browse(
      'POST',
      link ?? '',
      { name: '=HYPERLINK("x") Mara', sha256: office.shaOn(opened.body) },
      cookie,
    );
    const csv = (await office.hr.call('GET', office.at('/register/export?format=csv'))).bytes.toString();
    expect(csv).toContain('office@alder.example.org');
    expect(csv).not.toMatch(/(^|,|")=HYPERLINK/mu);
    expect((await office.hr.call('GET', office.at('/register/export?format=xlsx'))).status).toBe(200);
  });

  test('is hidden from other clients, and ends with the page', async () => {
    const rowan = await office.bylaw.client('Rowan Guild');
    const theirs = await office.bylaw.person('hr', rowan.id);
    expect((await theirs.call('GET', office.at('/register'))).status).toBe(404);
    expect((await office.hr.call('DELETE', office.at('/page'))).body).toEqual({ closed: true });
    expect((await office.browse('GET', page)).status).toBe(404);
  });

  test('is enough at the target share of the client, and not below it', async () => {
    const { of, done, number } = await office.coverage();
    const enoughAt = async (targetShare: number) => {
      const policy = { version: String(number), published: '2026-11-20', approvedBy: 'Adele', targetShare };
      const bytes = JSON.stringify({ policy });
      await counting(office.bylaw, office.client.id, [{ name: 'charter.json', bytes }]);
      const { needed, enough } = await office.coverage();
      return [needed, enough];
    };
    expect(await enoughAt(done / of)).toEqual([done, true]);
    expect(await enoughAt((done + 1) / of)).toEqual([done + 1, false]);
  });

  test('names the real domains, and is cited where a seat has another', async () => {
    const { sections } = (await office.hr.call('GET', office.at('/versions/1'))).body.content;
    const items = sections.flatMap((one: Json) => one.items);
    expect(items.find(({ id }: Json) => id === 'account_address').text).toContain('@alder.example.org');
    const { store, verdicts } = office.bylaw.services;
    const seats = [member('Ana Ruiz', 'ana@alder.example.org'), member('Wes Tern', 'wes@private.example')];
    await putReading(store, office.client.id, 'members', seats, '2026-11-23');
    await verdicts.refresh(office.client.id);
    const {
      state,
      items: found,
      clauses,
    } = (await office.admin.call('GET', `/clients/${office.client.slug}/controls/CLA-ACC-06`)).body;
    expect([state, JSON.stringify(found)]).toEqual(['fail', expect.stringContaining('Wes Tern')]);
    expect(JSON.stringify(found)).not.toContain('Ana Ruiz');
    expect(clauses).toEqual([expect.objectContaining({ id: 'account_address', version: '1.1' })]);
  });
});
// Guide: G4.2-04 G8-03 G8-06 G8-07 G8-12 G8-17 GA-14
