import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { MAX_TEXT } from '#domain/activity/text.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { importOn, ownerNow, runJobs } from '../../retention/testing.ts';
import { coworkLogs, kept, sender, type TestEvent } from '../../telemetry/testing/send.ts';
import { ANSWER, charter, EVENTS, everything, INPUT, WORDS } from './testing.ts';

const JOB = /texts whose days are over/;
anyEngine('text that a charter lets be kept', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let owner: TestPerson;
  let investigator: TestPerson;
  let renata: TestPerson;
  let counsel: TestPerson;
  let investigation: string;

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    bylaw.setNow(new Date('2026-11-23T12:00:00Z'));
    client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`);
  });

  /** The charter comes into force on 23 November at 15:00, two days before it is used at 12:00 on the 25th. */
  const start = async (yaml: string | null) => {
    if (yaml !== null) await importOn(bylaw, client, '2026-11-23', [{ name: 'charter.yaml', bytes: yaml }]);
    await at('2026-11-25T12:00:00Z');
  };
  const at = async (instant: string) => {
    bylaw.setNow(new Date(instant));
    owner = await ownerNow(bylaw);
    investigator = await bylaw.person('investigator', client.id, 'Ina Vester');
    // Names of those who agree tell who they are only while nobody else has them.
    await bylaw.services.store.write('system', (tx) =>
      tx
        .updateTable('users')
        .set({ name: 'Someone' })
        .where('name', 'in', ['Renata Osei', 'Legal counsel'])
        .execute(),
    );
    renata = await bylaw.person('hr', client.id, 'Renata Osei');
    counsel = await bylaw.person('auditor', client.id, 'Legal counsel');
    investigation = (await openCase()).body.id;
  };
  const send = async (events: readonly TestEvent[] = EVENTS, when = '2026-11-25T10:00:00.000Z') => {
    const { send: post } = await sender({ ...bylaw, owner }, client.slug);
    const answer = await post('logs', coworkLogs(events.map((event) => ({ at: when, ...event }))));
    expect(answer.status).toBe(200);
    return kept(bylaw, client);
  };
  const path = (seq: number) => `/clients/${client.slug}/activity/events/${seq}`;
  const textOf = async (seq: number) => (await investigator.call('GET', path(seq))).body.text;
  const openCase = (more: object = {}) =>
    owner.call('POST', `/clients/${client.slug}/incidents`, {
      type: 'content_request',
      title: 'The leak of October',
      summary: 'Activities alone do not clear it up',
      ...more,
    });
  const ask = (
    seq: number,
    person = investigator,
    reason = 'The leak of October',
    incident = investigation,
  ) => person.call('POST', `${path(seq)}/text/ask`, { reason, incident });
  const answer = (opening: string, person: TestPerson, agree = true) =>
    person.call('POST', `/clients/${client.slug}/activity/text-openings/${opening}/answer`, { agree });
  const openAgreed = (seq: number, opening: string, person = investigator) =>
    person.call('POST', `${path(seq)}/text`, { opening });
  /** Asks, has two people agree whom the charter names, and opens. */
  const open = async (seq: number, person = investigator) => {
    const asked = await ask(seq, person);
    if (asked.status !== 201) return asked;
    for (const one of [renata, counsel]) await answer(asked.body.opening, one);
    return openAgreed(seq, asked.body.opening, person);
  };
  const stored = () =>
    bylaw.services.store.read([client.id], (tx) =>
      tx.selectFrom('activity_texts').select(['part', 'characters']).orderBy('part').execute(),
    );
  it('is nothing without a charter that says so, and the event says why', async () => {
    await start(charter({ contentKept: '' }));
    const [prompt] = await send();
    expect(await stored()).toEqual([]);
    expect(await textOf(prompt?.seq ?? 0)).toMatchObject({
      state: 'not_allowed',
      says: 'Text is not kept: the charter does not allow it.',
    });
    const refused = await open(prompt?.seq ?? 0);
    expect([refused.status, refused.body.message]).toEqual([
      422,
      'Text is not kept: the charter does not allow it.',
    ]);
  });

  it.each([
    [
      'staff were not told',
      { policy: 'policy: { version: "2", published: 2026-11-01, noticeCovers: [usage] }' },
    ],
    ['no one may read it', { contentAccess: 'contentAccess: { allowed: false }' }],
  ])('is nothing where %s, and the event says so', async (_what, change: Record<string, string>) => {
    await start(charter(change));
    const [prompt] = await send();
    expect(await stored()).toEqual([]);
    expect((await textOf(prompt?.seq ?? 0)).says).toMatch(
      /allows it, but that had no effect, because (the|fewer)/,
    );
    const page = await owner.call('GET', `/clients/${client.slug}/activity/choices`);
    expect(page.body.text).toMatch(/^What people write is not kept: the charter allows it/);
  });

  it('is kept locked and apart, so that no list, file or sink can meet it', async () => {
    await start(charter());
    await send();
    expect(await stored()).toEqual([
      { part: 'prompt', characters: WORDS.length },
      { part: 'response', characters: ANSWER.length },
    ]);
    const database = await everything(bylaw);
    for (const words of [WORDS, ANSWER, INPUT]) expect(database).not.toContain(words);
    const file = await owner.call('GET', `/clients/${client.slug}/activity/table?format=csv`);
    expect(file.status).toBe(200);
    expect(file.bytes.toString()).not.toContain(WORDS);
  });

  it('is opened one event at a time, with a reason and two who agreed, on record', async () => {
    await start(charter());
    const [prompt, response, call] = await send();
    const seq = prompt?.seq ?? 0;
    expect(await textOf(seq)).toMatchObject({
      state: 'kept',
      says: expect.stringMatching(/until Dec 5, 2026, as version 1 of the charter/),
      parts: ['prompt'],
      canOpen: true,
      approvers: ['Renata Osei', 'Legal counsel', 'Olive Owner'],
    });
    expect((await textOf(call?.seq ?? 0)).state).toBe('not_allowed');
    const asked = (await ask(seq)).body.opening;
    expect((await openAgreed(seq, asked)).status).toBe(422);
    // Nobody answers for someone else: not the person who asked, nobody who is not named, nobody twice.
    expect((await answer(asked, investigator)).status).toBe(403);
    expect((await answer(asked, await bylaw.person('client_admin', client.id, 'Adele Admin'))).status).toBe(
      403,
    );
    expect((await answer(asked, renata)).body).toEqual({ state: 'waiting' });
    expect((await answer(asked, renata)).status).toBe(403);
    expect((await openAgreed(seq, asked)).status).toBe(422);
    // A name that someone gives themselves is not the one that the charter means.
    const liar = await bylaw.person('hr', client.id, 'Lia Liar');
    const { version } = (await liar.call('GET', '/me')).body;
    await liar.call('PATCH', '/me', { version, name: 'Olive Owner' });
    expect((await answer(asked, liar)).status).toBe(403);
    const refused = (await ask(seq)).body.opening;
    expect((await answer(refused, counsel, false)).body).toEqual({ state: 'refused' });
    expect((await openAgreed(seq, refused)).status).toBe(422);
    expect((await ask(seq, investigator, ' ')).status).toBe(400);
    for (const role of ['technician', 'client_admin', 'auditor', 'hr'] as const)
      expect((await open(seq, await bylaw.person(role, client.id))).status, role).toBe(403);
    const records = async () =>
      (await owner.call('GET', `/clients/${client.slug}/audit?action=activity.open_text`)).body.items;
    expect(await records()).toEqual([]);

    const opened = await open(seq);
    expect([opened.status, opened.body.texts]).toEqual([
      201,
      [{ part: 'prompt', title: 'What the person wrote', text: WORDS, characters: WORDS.length, cut: false }],
    ]);
    expect((await open(response?.seq ?? 0)).body.texts[0]).toMatchObject({ part: 'response', text: ANSWER });
    const { timeline, ...shown } = (
      await owner.call('GET', `/clients/${client.slug}/incidents/${investigation}`)
    ).body;
    expect(timeline.map(({ words }: { words: string }) => words)).toEqual(
      expect.arrayContaining(['Asked to open the text of an event', 'Opened the text of an event']),
    );
    expect(JSON.stringify([shown, timeline])).not.toContain(WORDS);
    const [, record] = await records();
    expect(await records()).toHaveLength(2);
    expect(record).toMatchObject({ actor: { name: 'Ina Vester' }, reason: 'The leak of October' });
    const whole = await owner.call('GET', `/clients/${client.slug}/audit/records/${record.seq}`);
    expect(JSON.parse(whole.body.body).after).toMatchObject({
      person: 'jane@example.org',
      parts: ['prompt'],
      agreed: ['Renata Osei', 'Legal counsel'],
    });
    expect(whole.body.body).not.toContain(WORDS);
  });

  it('is opened for no drill and for no incident that is closed', async () => {
    await start(charter());
    const [prompt] = await send();
    const seq = prompt?.seq ?? 0;
    const drill = (await openCase({ drill: true })).body.id;
    const asOf = async (incident: string) => {
      const { status, body } = await ask(seq, investigator, 'The leak', incident);
      return [status, body.message];
    };
    expect(await asOf(drill)).toEqual([422, expect.stringMatching(/^DRL-\d+ is a drill\./)]);
    expect((await asOf('no-such'))[0]).toBe(404);
    const asked = (await ask(seq)).body.opening;
    for (const person of [renata, counsel]) await answer(asked, person);
    await bylaw.services.store.write([client.id], (tx) =>
      tx.updateTable('incidents').set({ state: 'closed' }).where('id', '=', investigation).execute(),
    );
    const late = await openAgreed(seq, asked);
    expect([late.status, late.body.message]).toEqual([422, expect.stringMatching(/^INC-\d+ is closed\./)]);
    expect((await textOf(seq)).cases).toEqual([]);
    const listed = (await renata.call('GET', `/clients/${client.slug}/activity/text-openings`)).body.items;
    expect(listed[0].incident).toMatchObject({ id: investigation, title: 'The leak of October' });
  });

  it('is not opened on the word of someone since disabled or no longer at the client', async () => {
    await start(charter());
    const [prompt] = await send();
    const seq = prompt?.seq ?? 0;
    const asked = (await ask(seq)).body.opening;
    for (const person of [renata, counsel]) expect((await answer(asked, person)).status).toBe(201);
    const disabled = await owner.call('POST', `/users/${renata.id}/disable`, { reason: 'Has left' });
    expect(disabled.status, JSON.stringify(disabled.body)).toBeLessThan(300);
    const refused = await openAgreed(seq, asked);
    expect([refused.status, refused.body.message]).toEqual([
      422,
      expect.stringContaining('their approval no longer counts'),
    ]);
    await owner.call('POST', `/users/${renata.id}/enable`, { reason: 'Returned' });
    expect((await openAgreed(seq, asked)).status).toBe(201);
    await bylaw.services.store.write('system', (tx) =>
      tx.deleteFrom('grants').where('user_id', '=', counsel.id).execute(),
    );
    expect((await openAgreed(seq, asked)).status).toBe(422);
  });

  it('is not opened if it was changed or moved to another event', async () => {
    await start(charter());
    const [prompt, response] = await send();
    await bylaw.services.store.write('system', async (tx) => {
      const [one] = await tx
        .selectFrom('activity_texts')
        .selectAll()
        .where('client_id', '=', client.id)
        .where('part', '=', 'prompt')
        .execute();
      if (one === undefined) throw new Error('no text');
      await tx.deleteFrom('activity_texts').where('client_id', '=', client.id).execute();
      await tx
        .insertInto('activity_texts')
        .values({ ...one, id: response?.id ?? '', at: new Date(response?.at ?? '') })
        .execute();
    });
    expect((await open(response?.seq ?? 0)).status).toBeGreaterThanOrEqual(500);
    expect((await textOf(prompt?.seq ?? 0)).state).toBe('not_sent');
    const records = await owner.call('GET', `/clients/${client.slug}/audit?action=activity.open_text`);
    expect(records.body.items).toEqual([]);
  });

  it('is judged by the charter of the event’s own time', async () => {
    await start(charter());
    // The charter came into force on the 23rd at 15:00.
    await send(
      [{ name: 'user_prompt', values: { 'event.sequence': 1, prompt: WORDS } }],
      '2026-11-23T14:59:00.000Z',
    );
    expect(await stored()).toEqual([]);
    await importOn(bylaw, client, '2026-11-26', [
      { name: 'charter.yaml', bytes: charter({ contentKept: '' }) },
    ]);
    await at('2026-11-27T12:00:00Z');
    await send(
      [{ name: 'user_prompt', values: { 'event.sequence': 2, prompt: WORDS } }],
      '2026-11-26T18:00:00.000Z',
    );
    expect(await stored()).toEqual([]);
    const all = await send(
      [{ name: 'user_prompt', values: { 'event.sequence': 3, prompt: WORDS } }],
      '2026-11-25T18:00:00.000Z',
    );
    expect(await stored()).toHaveLength(1);
    const late = all.find(({ at: when }) => when === '2026-11-25T18:00:00.000Z');
    expect((await open(late?.seq ?? 0)).body.texts[0].text).toBe(WORDS);
  });

  it('is never kept for events of another sender, another organization or a wrong clock', async () => {
    await start(charter({ org: 'claudeOrganization: 550e8400-e29b-41d4-a716-446655440000' }));
    const { send: post } = await sender({ ...bylaw, owner }, client.slug);
    const prompt = { name: 'user_prompt', values: { 'event.sequence': 1, prompt: WORDS } };
    const foreign = { 'organization.id': '11111111-e29b-41d4-a716-446655440000', 'event.sequence': 2 };
    const when = '2026-11-25T10:00:00.000Z';
    await post('logs', coworkLogs([{ ...prompt, at: when }], 'claude-code'));
    await post('logs', coworkLogs([{ ...prompt, at: when, values: { ...prompt.values, ...foreign } }]));
    await post('logs', coworkLogs([{ ...prompt, at: 1 }]));
    expect(await kept(bylaw, client)).toHaveLength(3);
    expect(await stored()).toEqual([]);
    await post(
      'logs',
      coworkLogs([{ ...prompt, at: when, values: { ...prompt.values, 'event.sequence': 3 } }]),
    );
    expect(await stored()).toHaveLength(1);
  });

  it('is asked of Claude Code by the settings that the page prints, and only where it is kept', async () => {
    const printed = async () =>
      (await owner.call('GET', `/clients/${client.slug}/telemetry`)).body.settings.claudeCode.json;
    await start(charter());
    expect(await printed()).not.toContain('OTEL_LOG_USER_PROMPTS');
    await importOn(bylaw, client, '2026-11-25', [
      { name: 'charter.yaml', bytes: charter().replace('[cowork]', '[cowork, claude_code]') },
    ]);
    await at('2026-11-26T12:00:00Z');
    expect(await printed()).toContain('OTEL_LOG_USER_PROMPTS');
  });

  it('is cut where it is long, once however often it is sent, and says how long it was', async () => {
    await start(charter());
    const long = 'x'.repeat(MAX_TEXT + 500);
    const events = [{ name: 'user_prompt', values: { 'event.sequence': 1, prompt: long } }];
    await send(events);
    const [prompt] = await send(events);
    expect((await open(prompt?.seq ?? 0)).body.texts).toEqual([
      expect.objectContaining({ text: 'x'.repeat(MAX_TEXT), characters: MAX_TEXT + 500, cut: true }),
    ]);
  });

  it('goes when the days of the charter are over, with a record, but not while a hold is on', async () => {
    await start(charter());
    const [prompt] = await send();
    const seq = prompt?.seq ?? 0;
    const hold = await owner.call('POST', `/clients/${client.slug}/holds`, {
      person: 'jane@example.org',
      reason: 'A dispute',
      owner: 'Priya Raman',
    });
    await at('2026-12-05T09:59:00Z');
    await runJobs(bylaw, JOB);
    expect(await stored()).toHaveLength(2);
    await at('2026-12-05T10:01:00Z');
    await runJobs(bylaw, JOB);
    expect(await textOf(seq)).toMatchObject({ state: 'kept', says: expect.stringContaining('legal hold') });
    expect((await open(seq)).status).toBe(201);
    await owner.call('POST', `/clients/${client.slug}/holds/${hold.body.id}/lift`, { reason: 'Settled' });
    expect(await textOf(seq)).toMatchObject({ state: 'over' });
    expect((await open(seq)).status).toBe(422);
    const preview = await owner.call('GET', `/clients/${client.slug}/retention/activity/preview`);
    expect(preview.body.texts).toBe(2);
    await runJobs(bylaw, JOB);
    expect(await stored()).toEqual([]);
    expect((await textOf(seq)).says).toBe('Text was kept until Dec 5, 2026 at the longest.');
    const records = await owner.call('GET', `/clients/${client.slug}/audit?action=retention.remove_texts`);
    expect(records.body.items).toHaveLength(1);
    // Sent again, it is the same event, and its text does not come back.
    await send();
    expect(await stored()).toEqual([]);
  });

  it('goes sooner where the client keeps texts for less, and stays while the client is on hold', async () => {
    await start(charter());
    await send();
    const settings = await owner.call('GET', `/clients/${client.slug}/retention/activity`);
    expect(settings.body).toMatchObject({
      texts: '14',
      content: expect.stringContaining('each for 10 days'),
    });
    const { version, events, counts } = settings.body;
    const body = { version, events, counts, texts: '3' };
    expect((await owner.call('PUT', `/clients/${client.slug}/retention/activity`, body)).body.texts).toBe(
      '3',
    );
    await owner.call('PUT', `/clients/${client.slug}/hold`, { reason: 'An inquiry' });
    await at('2026-11-28T12:00:00Z');
    await runJobs(bylaw, JOB);
    expect(await stored()).toHaveLength(2);
    await owner.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'Over' });
    await runJobs(bylaw, JOB);
    expect(await stored()).toEqual([]);
    // According to the charter it could be kept for a week more; sent again beside a new event, its text does not come back.
    await send([...EVENTS, { name: 'user_prompt', values: { 'event.sequence': 9, prompt: 'new' } }]);
    expect(await stored()).toEqual([{ part: 'prompt', characters: 3 }]);
  });

  it('can neither be changed nor removed by work in the client’s name', async () => {
    await start(charter());
    await send();
    const { store } = bylaw.services;
    const gone = await store.write([client.id], (tx) => tx.deleteFrom('activity_texts').executeTakeFirst());
    expect(Number(gone.numDeletedRows)).toBe(0);
    await expect(
      store.write('system', (tx) => tx.updateTable('activity_texts').set({ locked: 'x' }).execute()),
    ).rejects.toThrow(/permission denied/);
    const other = await bylaw.client('Harrow Guild');
    expect(
      await store.read([other.id], (tx) => tx.selectFrom('activity_texts').selectAll().execute()),
    ).toEqual([]);
    expect(await stored()).toHaveLength(2);
  });
});
// Guide: G5.1-05 G5.2-04 G8-14 GB-09
