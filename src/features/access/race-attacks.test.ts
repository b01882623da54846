import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { eachEngine } from '#store/testing.ts';
import { later, putPeople } from '../people/testing.ts';
import type { ChangeTarget } from '../shared/services/change-targets.ts';

/** A system outside that takes whatever is planned. */
const lamps: ChangeTarget = {
  id: 'lamps',
  plan: async (_context, subject, intent) => ({
    ok: true,
    title: `Turn ${subject}`,
    plan: {
      target: 'lamps',
      subject,
      intent,
      rests: '',
      steps: [{ what: 'turn', name: subject, mark: subject, body: { light: 'on' }, before: null }],
      measured: null,
      back: null,
    },
  }),
  verify: async () => ({ is: 'not_yet' }),
  writes: {
    may: async () => false,
    look: async () => ({ is: 'open', harmless: false }),
    apply: async () => ({ is: 'refused', why: 'It is an exercise.' }),
  },
};

/** What two people, or one in two places, do at the same moment. */
eachEngine('at the same moment', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let tech: TestPerson;
  let admin: TestPerson;
  let other: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open(), changeTargets: [lamps] });
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    client = await bylaw.client('Alder Society');
    tech = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    other = await bylaw.person('client_admin', client.id, 'Berta Board');
  });

  const at = (path: string) => `/clients/${client.slug}${path}`;
  const states = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).toSorted();
  const acts = async (action: RegExp) => {
    const rows = await bylaw.services.store.read([client.id], (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).execute(),
    );
    return rows.map(({ body }) => JSON.parse(body).action).filter((one) => action.test(one));
  };
  const planned = async () =>
    (await tech.call('POST', at('/changes'), { target: 'lamps', subject: 'hall', reason: 'It is dark' }))
      .body;
  const loosened = async () => {
    const path = at('/detections/CLA-DET-45');
    return (await tech.call('PUT', path, { version: 0, on: false, reason: 'Too many' })).body.proposed.id;
  };
  const roleTaken = async (who: TestPerson) => {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('grants').select('id').where('user_id', '=', who.id).execute(),
    );
    for (const { id } of rows) {
      const path = `/users/${who.id}/grants/${id}`;
      const gone = await bylaw.owner.call('DELETE', path, { reason: 'Another job' });
      expect([gone.status, gone.body.message]).toEqual([200, undefined]);
    }
  };

  describe('a decision', () => {
    it('on a change is made once, by two who approve and one who withdraws', async () => {
      const { id, version, plan } = await planned();
      const approve = (who: TestPerson) => who.call('POST', at(`/changes/${id}/approve`), { version, plan });
      const answers = await Promise.all([
        approve(admin),
        approve(other),
        tech.call('POST', at(`/changes/${id}/withdraw`), { version, reason: 'Not needed' }),
      ]);
      expect(states(answers)).toEqual([201, 409, 409]);
      expect(await acts(/^changes\.(?:approve|withdraw)$/u)).toHaveLength(1);
      expect((await approve(admin)).status).toBe(409);
    });

    it('on a detection is made once, by two who approve and one who withdraws', async () => {
      const proposal = await loosened();
      const path = at('/detections/CLA-DET-45');
      const answers = await Promise.all([
        admin.call('POST', `${path}/approve`, { proposal }),
        other.call('POST', `${path}/approve`, { proposal }),
        tech.call('POST', `${path}/withdraw`, { proposal, reason: 'Not needed' }),
      ]);
      expect(states(answers)).toEqual([201, 409, 409]);
      expect(await acts(/^detections\.(?:approve|withdraw)$/u)).toHaveLength(1);
    });

    it('on a guard is made once, by two who approve and one who withdraws', async () => {
      const created = await tech.call('PUT', at('/dlp/icap'), { version: 0, mode: 'watch' });
      expect([created.status, created.body.message]).toEqual([200, undefined]);
      const { proposed } = (await tech.call('DELETE', at('/dlp/icap'), { version: 1 })).body;
      const path = at('/dlp/guards');
      const answers = await Promise.all([
        admin.call('POST', `${path}/approve`, { proposed: proposed.id }),
        other.call('POST', `${path}/approve`, { proposed: proposed.id }),
        tech.call('POST', `${path}/withdraw`, { proposed: proposed.id, reason: 'Not needed' }),
      ]);
      expect(states(answers)).toEqual([201, 409, 409]);
      expect(await acts(/^dlp\.guards\.(?:approve|withdraw)$/u)).toHaveLength(1);
    });

    it('on an exception is made once, by two who approve and one who refuses', async () => {
      await putPeople(bylaw.services.store, client.id);
      const asked = await tech.call('POST', at('/exceptions'), {
        control: 'CLA-ACC-07',
        items: null,
        reason: 'Handover until January',
        owner: 'Mara Ellingsworth',
        until: '2026-12-31',
      });
      expect([asked.status, asked.body.message]).toEqual([201, undefined]);
      const { id, version } = asked.body;
      const answers = await Promise.all([
        admin.call('POST', at(`/exceptions/${id}/approve`), { version }),
        other.call('POST', at(`/exceptions/${id}/approve`), { version }),
        bylaw.owner.call('POST', at(`/exceptions/${id}/refuse`), { version, reason: 'No.' }),
      ]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(await acts(/^exceptions\.(?:approve|refuse)$/u)).toHaveLength(1);
    });
  });

  it('one key is enrolled once as a device', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const text = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const names = ['Laptop', 'Desktop', 'Kiosk', 'Tablet'];
    const answers = await Promise.all(
      names.map((name) => tech.call('POST', at('/network/devices'), { name, publicKey: text })),
    );
    expect(states(answers)).toEqual([201, 422, 422, 422]);
  });

  describe('what falls while something is under way', () => {
    it('a role that was taken away approves nothing, even with a proof given before', async () => {
      const { id, version, plan } = await planned();
      // The proof is given, and then the role is taken.
      expect((await admin.call('POST', at(`/changes/${id}/approve`), { version: 99, plan })).status).toBe(
        409,
      );
      await roleTaken(admin);
      const answer = await admin.call('POST', at(`/changes/${id}/approve`), { version, plan });
      expect(answer.status).toBe(404);
      expect((await other.call('GET', at(`/changes/${id}`))).body.state).toBe('planned');
    });

    it('a change belongs to its client and its plan: no other id, hash or person approves it', async () => {
      const { id, version, plan } = await planned();
      const rowan = await bylaw.client('Rowan Guild');
      const path = `/clients/${rowan.slug}/changes/${id}/approve`;
      expect((await bylaw.owner.call('POST', path, { version, plan })).status).toBe(404);
      expect((await admin.call('POST', path, { version, plan })).status).toBe(404);
      const own = await tech.call('POST', at(`/changes/${id}/approve`), { version, plan });
      expect(own.status).toBe(403);
      const wrong = { version, plan: '0'.repeat(64) };
      expect((await admin.call('POST', at(`/changes/${id}/approve`), wrong)).status).toBe(422);
    });

    it('a token that is revoked in the middle of a list gets no further page', async () => {
      const created = await tech.call('POST', '/me/tokens', { name: 'Lists', purpose: 'automation' });
      expect(created.status).toBe(201);
      const page = (cursor?: string) =>
        bylaw.inject({
          method: 'GET',
          url: `/api/v1${at(`/controls?limit=5${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)}`,
          headers: { authorization: `Bearer ${created.body.secret}` },
        });
      const first = await page();
      expect([first.status, typeof first.body.nextCursor]).toEqual([200, 'string']);
      const [second] = await Promise.all([
        page(first.body.nextCursor),
        tech.call('DELETE', `/me/tokens/${created.body.token.id}`),
      ]);
      expect([200, 401]).toContain(second.status);
      expect((await page(first.body.nextCursor)).status).toBe(401);
    });

    it('a session that ended states nothing, even if the request began before', async () => {
      const { body } = await tech.call('GET', '/me');
      expect(body.email).toBe(tech.email);
      const [, asked] = await Promise.all([
        tech.call('POST', '/me/sign-out', {}),
        tech.call('POST', at('/changes'), { target: 'lamps', subject: 'hall', reason: 'It is dark' }),
      ]);
      // In one order or the other; afterwards nothing more.
      expect([201, 401]).toContain(asked.status);
      expect((await tech.call('GET', '/me')).status).toBe(401);
      const again = { target: 'lamps', subject: 'stair', reason: 'It is dark' };
      expect((await tech.call('POST', at('/changes'), again)).status).toBe(401);
    });
  });
});
