import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, TEST_NOW } from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { anyEngine } from '#store/testing.ts';
import { type PolicyOffice, policyOffice } from '../policy/testing/office.ts';

const DAY = 24 * 3_600_000;
const TOBIN = 'tobin@alder.example.org';
const WREN = 'wren@alder.example.org';

anyEngine('the training of staff', (engine) => {
  let office: PolicyOffice;
  let page: string;
  let right: Readonly<Record<string, string>>;
  beforeAll(async () => {
    office = await policyOffice(engine);
    page = (await office.openPage()).replace('/policy/', '/staff/');
    right = Object.fromEntries(
      office.bylaw.services.catalogue.training.quiz.questions.map(({ id, answers }) => [
        `q_${id}`,
        answers.find((one) => one.right)?.id ?? '',
      ]),
    );
  });
  afterAll(() => office.bylaw.close());

  const at = (path: string) => `/clients/${office.client.slug}${path}`;
  const list = async (by = office.hr): Promise<Json> => (await by.call('GET', at('/training'))).body;
  const line = async (address: string): Promise<Json> =>
    (await list()).items.find((one: Json) => one.address === address);
  /** What takes a quiz as this person would, from the page of the link that was mailed to them. */
  const own = async (address: string, language = 'en') => {
    office.bylaw.outbox.length = 0;
    const answer = await office.browse('POST', `${page}/mine?lang=${language}`, { address });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const link = /https?:\S+\/staff\/mine\/\S+/u.exec(office.bylaw.outbox[0]?.text ?? '')?.[0] ?? '';
    const path = new URL(link).pathname;
    return {
      mine: () => office.browse('GET', `${path}?lang=${language}`, {}, cookie),
      read: () => office.browse('GET', `${path}/training?lang=${language}`, {}, cookie),
      hand: (form: object) => office.browse('POST', `${path}/training?lang=${language}`, form, cookie),
      elsewhere: (form: object) => office.browse('POST', `${path}/training`, form),
    };
  };
  const wrong = () => ({ ...right, q_secrets: 'paste', q_report: 'close' });

  test('is read with the names of the client, and only the person of the link can hand in the quiz', async () => {
    const tobin = await own(TOBIN);
    expect((await tobin.mine()).body).toContain('/training?lang=en">Read the training and take the quiz</a>');
    const { status, body } = await tobin.read();
    expect(status).toBe(200);
    expect(body).toContain('Alder &amp; &quot;Society&quot; provides Claude');
    expect(body).toContain('@alder.example.org');
    expect(body).toContain('Approved here today: no one has decided yet.');
    expect(body).toContain('no one is named yet, so ask your IT team');
    expect(body).not.toMatch(/<script|\{[a-z]+\}|Passwords and keys never go/u);
    expect((await tobin.elsewhere(right)).body).toContain('name="check"');
    expect((await office.browse('GET', `/staff/mine/${'x'.repeat(43)}/training`)).status).toBe(404);
    expect(await line(TOBIN)).toMatchObject({ state: 'missing', seat: true, at: null, right: null });
  });

  test('explains wrong answers and records none of them, also for input that is not an answer', async () => {
    const tobin = await own(TOBIN);
    const odd = await tobin.hand({ ...right, q_account: '"><b>any</b>' });
    expect([odd.status, odd.body]).toEqual([422, expect.stringContaining('Answer every question')]);
    expect(odd.body).not.toContain('<b>');
    const failed = await tobin.hand(wrong());
    expect([failed.status, failed.body]).toEqual([422, expect.stringContaining('6 of 8 correct')]);
    expect(failed.body).toContain('Passwords and keys never go into a chat.');
    expect(failed.body).not.toContain('Work is done with the account of your work address.');
    expect(await line(TOBIN)).toMatchObject({ state: 'missing', right: null });
    const log = await office.bylaw.owner.call('GET', at('/audit?action=staff.training.pass'));
    expect(log.body.items).toEqual([]);
  });

  test('is read, explained and mailed in Spanish', async () => {
    const { body: asks } = await office.browse('GET', `${page}/mine?lang=es`);
    expect(asks).toContain('<html lang="es">');
    const wren = await own(WREN, 'es');
    expect(office.bylaw.outbox[0]).toMatchObject({
      subject: expect.stringMatching(/^Su página sobre Claude en /u),
      text: expect.stringContaining('Ábralo donde lo pidió'),
    });
    const { body: mine } = await wren.mine();
    expect(mine).toContain('<html lang="es">');
    expect(mine).toContain('Pedir un conector');
    const { body } = await wren.read();
    expect(body).toContain('<html lang="es">');
    expect(body).toContain('Alder &amp; &quot;Society&quot; ofrece Claude');
    expect(body).toContain('Aprobados aquí hoy: todavía no se ha decidido.');
    expect(body).not.toMatch(/\{[a-z]+\}|Passwords|Quiz|correctly/u);
    const failed = await wren.hand(wrong());
    expect(failed.body).toContain('6 de 8 respuestas correctas');
    expect(failed.body).toContain('Las contraseñas y claves nunca se escriben en un chat.');
    const { body: report } = await office.browse('GET', `${page}/report?lang=es`);
    expect(report).toContain('Claude hizo algo inesperado');
    expect(
      (await office.browse('POST', `${page}/report?lang=es`, { kind: 'other', said: 'x' })).body,
    ).toContain('Diga en una frase qué pasó.');
  });

  test('a passed quiz is recorded with day, score and version, and is evidence of no one else', async () => {
    const control = async () => (await office.admin.call('GET', at('/controls/CLA-OPS-12'))).body;
    expect((await control()).state).toBe('cannot_read');
    const joining = { kind: 'joining', address: TOBIN, day: '2026-11-24', owner: office.admin.email };
    expect((await office.bylaw.owner.call('POST', at('/journeys'), joining)).status).toBe(201);
    const proof = async () => {
      const { items } = (await office.admin.call('GET', at('/journeys?kind=joining'))).body;
      return items
        .find(({ address, kind }: Json) => address === TOBIN && kind === 'joining')
        .steps.find(({ id }: Json) => id === 'trained');
    };
    expect((await proof()).state).not.toBe('proved');
    const done = await (await own(TOBIN)).hand(right);
    expect([done.status, done.body]).toEqual([200, expect.stringContaining('You passed: 8 of 8 correct.')]);
    const { training, done: passed, of, state, items } = await list();
    expect([state, passed, of]).toEqual(['ready', 1, items.length]);
    expect(await line(TOBIN)).toMatchObject({
      state: 'passed',
      right: 8,
      of: 8,
      sha256: training.sha256,
      until: '2027-11-24',
    });
    expect(await line(WREN)).toMatchObject({ state: 'missing' });
    expect(await proof()).toMatchObject({ state: 'proved', code: 'quiz_passed' });
    const after = await control();
    expect([after.state, JSON.stringify(after)]).toEqual([
      'cannot_read',
      expect.stringContaining(`${of - 1} of ${of} members have not passed the quiz`),
    ]);
    const log = await office.bylaw.owner.call('GET', at('/audit?action=staff.training.pass'));
    expect(log.body.items).toHaveLength(1);
  });

  test('the control passes once each person with a seat has passed', async () => {
    for (const { address } of (await list()).items.filter((one: Json) => one.state === 'missing'))
      expect((await (await own(address)).hand(right)).status).toBe(200);
    const { done, of } = await list();
    expect(done).toBe(of);
    expect((await office.admin.call('GET', at('/controls/CLA-OPS-12'))).body.state).toBe('pass');
  });

  test('can be handed in so often a day, and again the next', async () => {
    const bram = await own('bram@alder.example.org');
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await bram.hand(wrong())).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    expect((await bram.hand(right)).status).toBe(429);
    office.bylaw.setNow(new Date(TEST_NOW.getTime() + DAY + 1000));
    expect((await bram.hand(right)).status).toBe(200);
    office.bylaw.setNow(TEST_NOW);
    expect(await line('bram@alder.example.org')).toMatchObject({ seat: false, name: null });
  });

  test('lapses after the days of the control, and cannot be counted without a members file', async () => {
    office.bylaw.setNow(new Date(TEST_NOW.getTime() + 366 * DAY));
    const later = await office.bylaw.person('hr', office.client.id);
    const { state, of, done, items } = await list(later);
    expect([state, of, done]).toEqual(['cannot_read', null, null]);
    expect(items.find((one: Json) => one.address === TOBIN)).toMatchObject({ state: 'lapsed', seat: null });
    office.bylaw.setNow(TEST_NOW);
  });

  test('is exported, handed out as Word and PDF, and nobody else’s to see', async () => {
    const csv = (await office.hr.call('GET', at('/training/export?format=csv'))).bytes.toString();
    expect(csv).toContain(TOBIN);
    for (const [format, start] of [
      ['docx', 'PK'],
      ['pdf', '%PDF'],
      ['slides', '%PDF'],
      ['docx&language=es', 'PK'],
    ]) {
      const { status, bytes } = await office.hr.call('GET', at(`/training/handout?format=${format}`));
      expect([status, bytes.subarray(0, start?.length).toString()]).toEqual([200, start]);
    }
    const rowan = await office.bylaw.client('Rowan Guild');
    const theirs = await office.bylaw.person('hr', rowan.id);
    for (const path of ['/training', '/training/export?format=csv', '/training/handout'])
      expect((await theirs.call('GET', at(path))).status).toBe(404);
  });

  test('the charter sets the pass mark, and without it every question has to be right', async () => {
    const noor = await own('noor@alder.example.org');
    expect((await noor.read()).body).toContain('answer all 8 questions correctly');
    await office.bylaw.services.store.write([office.client.id], (tx) =>
      insertDocument(tx, {
        id: crypto.randomUUID(),
        clientId: office.client.id,
        kind: 'charter',
        version: 90,
        value: { policy: { version: '1', published: '2026-11-20', quizShare: 0.75 } },
        lines: {},
        file: 'charter.yaml',
        sha256: 'x',
        importId: null,
        basis: 'draft',
        at: office.bylaw.services.clock(),
        by: office.bylaw.owner.id,
      }),
    );
    expect((await noor.read()).body).toContain('answer 6 of 8 questions correctly');
    const handed = await noor.hand(wrong());
    expect([handed.status, handed.body]).toEqual([
      200,
      expect.stringContaining('You passed: 6 of 8 correct.'),
    ]);
    expect((await list()).training.passShare).toBe(0.75);
  });

  test('ends for everybody when the staff page is closed, whoever had a link of their own', async () => {
    const tobin = await own(TOBIN);
    expect((await tobin.mine()).status).toBe(200);
    expect((await office.hr.call('DELETE', at('/policy/page'))).body).toEqual({ closed: true });
    for (const answer of [await tobin.mine(), await tobin.read(), await tobin.hand(right)])
      expect(answer.status).toBe(404);
    expect((await office.hr.call('DELETE', at('/policy/page'))).body).toEqual({ closed: false });
  });
});
// Guide: G7.3-05
