import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

/** Ways past a legal hold, as someone who may not end one would try them. */
describe('a legal hold', () => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let tara: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    client = await bylaw.client('Alder Society');
    tara = await bylaw.person('technician', client.id, 'Tara Tech');
  });
  const at = (path = '') => `/clients/${client.slug}${path}`;
  const hold = (who: TestPerson, until: string | null) =>
    who.call('PUT', at('/hold'), { reason: 'An inquiry', until });
  const now = async () => (await bylaw.owner.call('GET', at('/retention'))).body.hold;
  const remove = () => bylaw.owner.call('DELETE', at(), { name: client.name });

  it('is not ended by a shorter one put over it', async () => {
    expect((await hold(bylaw.owner, null)).status).toBe(200);
    const refused = await hold(tara, '2026-11-24');
    expect([refused.status, refused.body.message]).toEqual([
      422,
      expect.stringContaining('until someone ends it'),
    ]);
    expect(await now()).toMatchObject({ by: 'Olive Owner', until: null });
    expect((await tara.call('DELETE', at('/hold'), { reason: 'It is over' })).status).toBe(403);
    expect((await bylaw.owner.call('DELETE', at('/hold'), { reason: 'It is over' })).status).toBe(200);
    expect((await hold(tara, '2026-12-24')).status).toBe(200);
    expect((await hold(tara, '2026-11-30')).body.message).toContain('until Dec 24, 2026');
    expect((await hold(tara, '2027-01-31')).status).toBe(200);
    expect((await hold(tara, null)).status).toBe(200);
    expect(await now()).toMatchObject({ until: null });
  });

  it('keeps the client that it is on, and the client of a person whom it is on', async () => {
    await hold(bylaw.owner, null);
    expect([(await remove()).status, (await remove()).body.message]).toEqual([
      422,
      expect.stringContaining('is on legal hold'),
    ]);
    await bylaw.owner.call('DELETE', at('/hold'), { reason: 'It is over' });
    const person = 'mara@alder.example.org';
    const placed = await tara.call('POST', at('/holds'), {
      person,
      reason: 'An inquiry',
      owner: 'Olive Owner',
      until: null,
    });
    expect(placed.status).toBe(201);
    expect((await remove()).body.message).toContain('people on legal hold (1)');
    await bylaw.owner.call('POST', at(`/holds/${placed.body.id}/lift`), { reason: 'It is over' });
    expect((await remove()).status).toBe(200);
  });
});
