import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';

const PATH = 'Organization settings > Members > Export CSV';

anyEngine('menu paths that have changed', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  const report = (slug: string, by: TestPerson, body: object = {}) =>
    by.call('POST', `/clients/${slug}/path-reports`, { path: PATH, saw: 'It is under People now', ...body });
  const answer = (id: string, by: TestPerson, body: object) =>
    by.call('POST', `/path-reports/${id}/answer`, { version: 1, ...body });
  /** What the step with the path says at a control of a client. */
  const step = async (slug: string, by: TestPerson) => {
    const { body } = await by.call('GET', `/clients/${slug}/controls/ACC-01`);
    return body.remediation.steps.find(({ where }: { where: string | null }) => where === PATH);
  };

  describe('a report', () => {
    test('is seen by every client without names, until an Owner corrects the path for all of them', async () => {
      const here = await bylaw.client('Alder Society');
      const there = await bylaw.client('Harrow Guild');
      const tess = await bylaw.person('technician', here.id, 'Tess Technician');
      const theirs = await bylaw.person('client_admin', there.id, 'Odile Farrant');
      expect((await step(there.slug, theirs)).path).toBeNull();
      const created = await report(here.slug, tess);
      expect(created).toMatchObject({ status: 201, body: { state: 'open', checked: '2026-08-22' } });
      const seen = await step(there.slug, theirs);
      expect(seen.path.reports).toEqual([
        { id: created.body.id, saw: 'It is under People now', on: '2026-11-24', version: 1 },
      ]);
      expect(JSON.stringify(seen)).not.toMatch(/Tess|Alder/);
      // The deployment shows it, too.
      const { body } = await theirs.call('GET', `/clients/${there.slug}/deployment`);
      expect(JSON.stringify(body.tasks)).toContain('It is under People now');

      for (const person of [tess, theirs]) {
        expect((await answer(created.body.id, person, { corrected: 'X > Y' })).status).toBe(403);
        expect((await person.call('GET', '/path-reports')).status).toBe(403);
      }
      const now = 'Organization settings > People > Export CSV';
      const corrected = await answer(created.body.id, bylaw.owner, {
        corrected: now,
        note: 'Seen on the 24th',
      });
      expect(corrected.body).toMatchObject({ state: 'corrected', corrected: now, version: 2 });
      expect((await step(there.slug, theirs)).path).toEqual({
        corrected: { path: now, on: '2026-11-24' },
        reports: [],
      });
      expect((await answer(created.body.id, bylaw.owner, { note: 'Again' })).status).toBe(409);
      const listed = (await bylaw.owner.call('GET', '/path-reports')).body.items[0];
      expect(listed).toMatchObject({ reported: { by: 'Tess Technician' }, resolved: { by: 'Olive Owner' } });
      const local = (await bylaw.owner.call('GET', `/clients/${here.slug}/audit?action=paths.report`)).body;
      const global = (await bylaw.owner.call('GET', '/workspace/audit?action=paths.answer')).body;
      expect([local.items.length, global.items.length]).toEqual([1, 1]);
    });

    test('that is wrong is dismissed and no longer shown', async () => {
      const { slug } = await bylaw.client();
      const created = await report(slug, bylaw.owner, { saw: 'Nothing there' });
      expect((await answer(created.body.id, bylaw.owner, {})).status).toBe(400);
      expect((await answer(created.body.id, bylaw.owner, { corrected: PATH })).status).toBe(400);
      const dismissed = await answer(created.body.id, bylaw.owner, { note: 'It needs the role Admin' });
      expect(dismissed.body).toMatchObject({ state: 'dismissed', corrected: null });
      expect((await step(slug, bylaw.owner)).path?.reports ?? []).toEqual([]);
    });

    test('is refused if it is not a path, without permission, and once there are enough', async () => {
      const { id, slug } = await bylaw.client();
      expect((await report(slug, bylaw.owner, { path: 'Nowhere > At all' })).status).toBe(404);
      expect((await report(slug, bylaw.owner, { saw: ' ' })).status).toBe(400);
      expect((await report(slug, await bylaw.person('auditor', id))).status).toBe(403);
      const other = await bylaw.client('Elsewhere');
      expect((await report(slug, await bylaw.person('technician', other.id))).status).toBe(404);
      const path = 'Organization settings > Members > Role';
      for (let n = 0; n < 5; n += 1) expect((await report(slug, bylaw.owner, { path })).status).toBe(201);
      const sixth = await report(slug, bylaw.owner, { path });
      expect([sixth.status, sixth.body.message]).toEqual([
        422,
        '5 reports about this path are already open. An Owner has to answer them first.',
      ]);
    });
  });
});
// Guide: G2.2-02
