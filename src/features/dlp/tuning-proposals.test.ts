import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

const KEY = { title: 'Portal key', starts: 'alder_', body: 'base62', least: 16, atMost: 64 };

/** Nobody lets guards find less by themselves. */
describe('a change that makes data loss prevention find less', () => {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string };
  let tech: TestPerson;
  let version: number;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());

  const at = (path = '') => `/clients/${alder.slug}/dlp/tuning${path}`;
  const FIRST = {
    off: ['us_ssn'],
    memberNumbers: ['AL-####-@'],
    allowed: ['202-555-0100'],
    patterns: [KEY],
    atLeast: { email_address: 50 },
  };
  beforeEach(async () => {
    alder = await bylaw.client('Alder Society');
    tech = await bylaw.person('technician', alder.id, 'Tara Tech');
    const first = await bylaw.owner.call('PUT', at(), { version: 0, ...FIRST });
    expect([first.status, first.body.message]).toEqual([200, undefined]);
    const { proposed } = first.body;
    version = (await tech.call('POST', at('/approve'), { proposed: proposed.id })).body.version;
    expect(version).toBe(1);
  });
  const set = (by: TestPerson, parts: object, on = version) =>
    by.call('PUT', at(), { version: on, ...FIRST, ...parts });

  it.each([
    ['a rule that is switched off', { off: ['us_ssn', 'iban'] }],
    ['a value that is nobody’s', { allowed: ['202-555-0100', '202-555-0199'] }],
    ['no form of member numbers', { memberNumbers: [] }],
    ['a pattern that goes', { patterns: [] }],
    ['a pattern that finds fewer', { patterns: [{ ...KEY, least: 20 }] }],
    ['a higher threshold', { atLeast: { email_address: 90 } }],
    ['a threshold where there was none', { atLeast: { email_address: 50, iban: 4 } }],
    ['one thing less and one more', { off: ['iban'] }],
  ])('waits as a whole for a second person: %s', async (_, parts) => {
    const { body, status } = await set(tech, parts);
    expect([status, body.version]).toEqual([200, 1]);
    expect(body).toMatchObject({ ...FIRST, proposed: { by: 'Tara Tech', ...FIRST, ...parts } });
    const proposed = body.proposed.id;
    expect((await tech.call('POST', at('/approve'), { proposed })).status).toBe(403);
    const done = await bylaw.owner.call('POST', at('/approve'), { proposed });
    expect(done.body).toMatchObject({ ...parts, version: 2, proposed: null, changed: { by: 'Tara Tech' } });
    expect((await bylaw.owner.call('POST', at('/approve'), { proposed })).status).toBe(409);
  });

  it.each([
    ['a rule that is on again', { off: [] }],
    ['a lower threshold', { atLeast: { email_address: 20 } }],
    [
      'another form and pattern',
      { memberNumbers: ['AL-####-@', 'BI-####'], patterns: [KEY, { ...KEY, title: 'Other key' }] },
    ],
    ['a pattern that finds more', { patterns: [{ ...KEY, least: 12 }] }],
    ['a value that is looked for again', { allowed: [] }],
  ])('takes effect at once if they find more: %s', async (_, parts) => {
    const { body } = await set(tech, parts);
    expect(body).toMatchObject({ ...parts, version: 2, proposed: null });
  });

  it('ends with another change of the rules, and with a withdrawal, and belongs to one client', async () => {
    const { proposed: first } = (await set(tech, { off: ['us_ssn', 'iban'] })).body;
    expect((await set(bylaw.owner, { off: [] })).body).toMatchObject({ version: 2, proposed: null });
    expect((await bylaw.owner.call('POST', at('/approve'), { proposed: first.id })).status).toBe(409);
    expect((await set(tech, { off: ['iban'] })).status).toBe(409);
    const { proposed } = (await set(tech, { off: ['iban'] }, 2)).body;
    const rowan = await bylaw.client('Rowan Guild');
    const elsewhere = `/clients/${rowan.slug}/dlp/tuning/approve`;
    expect((await bylaw.owner.call('POST', elsewhere, { proposed: proposed.id })).status).toBe(409);
    expect((await tech.call('POST', elsewhere, { proposed: proposed.id })).status).toBe(404);
    const gone = await bylaw.owner.call('POST', at('/withdraw'), { proposed: proposed.id, reason: 'No.' });
    expect(gone.body).toMatchObject({ off: [], proposed: null });
    expect((await bylaw.owner.call('POST', at('/approve'), { proposed: proposed.id })).status).toBe(409);
  });
});
// Guide: G7.2-16
