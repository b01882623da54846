import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { KEPT_HOURS, takesIdempotencyKey } from '#features/idempotency.ts';
import type { Operation } from '#features/operation.ts';
import { TEST_NOW, type TestAnswer } from '#server/testing/console.ts';
import { ask, type Proof } from '../../src/features/access/testing/ask.ts';
import { inputFor, nameOf } from '../../src/features/access/testing/input.ts';
import type { Filled } from './filled.ts';

/** An object is created once per idempotency key, however often the request is repeated. */
const MAKING = operations().filter(({ method, meta }) => takesIdempotencyKey(method, meta));
const HOUR = 3_600_000;

export function madeOnce(filled: () => Filled): void {
  const owner = (): Proof => ({ cookie: filled().bylaw.owner.cookie });
  const send = (operation: Operation, input: Record<string, unknown>, key: string, proof = owner()) =>
    ask(filled().bylaw, operation, input, proof, { 'idempotency-key': key });
  const operation = (name: string): Operation => {
    const found = operations().find((one) => nameOf(one) === name);
    if (found === undefined) throw new Error(`no operation ${name}`);
    return found;
  };
  async function records(): Promise<number> {
    const { n } = await filled().bylaw.services.store.read('system', (tx) =>
      tx
        .selectFrom('audit_log')
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow(),
    );
    return Number(n);
  }
  const reported = ({ status, body }: TestAnswer) => [status, body];

  describe('every operation that makes something', () => {
    let done = 0;
    it.each(MAKING.map((one) => [nameOf(one), one] as const))(
      '%s is carried out once for a key',
      async (_, one) => {
        // A separate owner for each, so that no operation ends the session of the next.
        const person = await filled().bylaw.person('owner', null);
        const proof = { cookie: person.cookie };
        const input = inputFor(one, filled().known);
        const key = randomUUID();
        const first = await send(one, input, key, proof);
        expect(first.status, JSON.stringify(first.body)).not.toBe(500);
        if (first.status >= 400) {
          // A refused request may be repeated: its key is not used up.
          const second = await send(one, input, key, proof);
          expect(second.headers['idempotency-replayed']).toBeUndefined();
          expect(String(second.body.detail)).not.toMatch(/Idempotency-Key/);
          return;
        }
        done += 1;
        const before = await records();
        const second = await send(one, input, key, proof);
        expect(reported(second)).toEqual(reported(first));
        expect(second.headers['idempotency-replayed']).toBe('true');
        expect(await records()).toBe(before);
        const other = await send(one, { ...input, another: 'request' }, key, proof);
        expect([other.status, other.body.detail]).toEqual([
          422,
          expect.stringMatching(/used for another request/),
        ]);
      },
    );

    it('was carried out for a good part of them', () => expect(done).toBeGreaterThan(20));

    it('says that it takes the header', async () => {
      const { body } = await filled().bylaw.inject({ method: 'GET', url: '/api/openapi.json' });
      const takes = operations().filter(({ route, method }) =>
        (body.paths[route][method.toLowerCase()].parameters ?? []).some(
          ({ $ref }: { $ref?: string }) => $ref === '#/components/parameters/IdempotencyKey',
        ),
      );
      expect(takes.map(nameOf)).toEqual(MAKING.map(nameOf));
    });

    it('is every POST that changes something as someone, but where its contract says why not', () => {
      const rest = operations().filter(
        (one) =>
          one.method === 'POST' && one.meta.audit !== null && !takesIdempotencyKey(one.method, one.meta),
      );
      expect(
        rest
          .filter(({ meta }) => meta.replyNotKept === undefined && meta.permission !== 'public')
          .map(nameOf),
      ).toEqual(['activity.content.open', 'backup.make', 'evidenceRoom.make']);
    });
  });

  describe('a key', () => {
    const invite = (email: string) => ({
      email,
      name: 'Nina New',
      grants: [{ role: 'hr', forClient: null }],
      forClient: null,
    });
    const create = () => operation('clients.create');
    const client = (name: string) => ({
      name,
      domains: [`${name.toLowerCase()}.example`],
      claudePlan: 'team',
    });

    it('makes one thing of two requests at the same moment', async () => {
      const key = randomUUID();
      const answers = await Promise.all([1, 2].map(() => send(create(), client('Twice'), key)));
      const statuses = answers.map(({ status }) => status).sort();
      expect([
        [201, 201],
        [201, 409],
      ]).toContainEqual(statuses);
      const { body } = await filled().bylaw.owner.call('GET', '/fleet?text=Twice');
      expect(body.items).toHaveLength(1);
    });

    it("is its account's and its client's own", async () => {
      const key = randomUUID();
      const report = operation('reports.make');
      const first = await send(report, { client: filled().slug }, key);
      expect(first.status).toBe(201);
      const elsewhere = await filled().bylaw.client('Elsewhere');
      const there = await send(report, { client: elsewhere.slug }, key);
      expect(there.headers['idempotency-replayed']).toBeUndefined();
      const other = await filled().bylaw.person('owner', null);
      const theirs = await send(report, { client: filled().slug }, key, { cookie: other.cookie });
      expect([theirs.status, theirs.headers['idempotency-replayed']]).toEqual([201, undefined]);
      expect(theirs.body.id).not.toBe(first.body.id);
      const { store } = filled().bylaw.services;
      const seen = await store.read([elsewhere.id], (tx) =>
        tx.selectFrom('idempotency_keys').select('client_id').execute(),
      );
      expect(new Set(seen.map(({ client_id }) => client_id))).toEqual(new Set([elsewhere.id]));
    });

    it('keeps no reply in the clear', async () => {
      const made = await send(
        operation('access.tokens.create'),
        { name: 'CI', purpose: 'automation' },
        randomUUID(),
      );
      expect(made.status).toBe(201);
      const rows = await filled().bylaw.services.store.read('system', (tx) =>
        tx.selectFrom('idempotency_keys').selectAll().execute(),
      );
      expect(JSON.stringify(rows)).not.toContain(made.body.secret);
    });

    it('of a request whose process went away lets it be done, once nobody can be doing it', async () => {
      const key = randomUUID();
      const { store } = filled().bylaw.services;
      expect((await send(create(), client('Gone'), key)).status).toBe(201);
      const set = (values: { changed: boolean; begun_at: Date }) =>
        store.write('system', (tx) =>
          tx
            .updateTable('idempotency_keys')
            .set({ ...values, reply_sealed: null })
            .where('client_id', 'is', null)
            .where('user_id', '=', filled().bylaw.owner.id)
            .execute(),
        );
      await set({ changed: true, begun_at: TEST_NOW });
      const lost = await send(create(), client('Gone'), key);
      expect([lost.status, lost.body.detail]).toEqual([409, expect.stringMatching(/was carried out/)]);
      await set({ changed: false, begun_at: TEST_NOW });
      const busy = await send(create(), client('Gone'), key);
      expect([busy.status, busy.body.detail]).toEqual([409, expect.stringMatching(/still being answered/)]);
      await set({ changed: false, begun_at: new Date(TEST_NOW.getTime() - HOUR) });
      const again = await send(create(), client('Gone'), key);
      expect(again.headers['idempotency-replayed']).toBeUndefined();
      expect(again.status).toBe(201);
    });

    it('is forgotten after a day', async () => {
      const key = randomUUID();
      const { body } = await send(
        operation('access.tokens.create'),
        { name: 'CD', purpose: 'automation' },
        randomUUID(),
      );
      const token = { token: body.secret };
      const first = await send(create(), client('Daily'), key, token);
      filled().bylaw.setNow(new Date(TEST_NOW.getTime() + KEPT_HOURS * HOUR));
      const next = await send(create(), client('Daily'), key, token);
      filled().bylaw.setNow(TEST_NOW);
      expect([first.status, next.status]).toEqual([201, 201]);
      expect(next.body.client ?? next.body.id).not.toBe(first.body.client ?? first.body.id);
    });

    it('is refused where it is none, and where no reply is kept', async () => {
      const odd = await send(
        operation('access.invitations.create'),
        invite('nora@people.example'),
        'with a space',
      );
      expect([odd.status, odd.body.detail]).toEqual([400, expect.stringMatching(/Idempotency-Key/)]);
      const proof = await send(operation('account.prove'), { password: 'x' }, randomUUID());
      expect([proof.status, proof.body.detail]).toEqual([
        400,
        expect.stringMatching(/takes no Idempotency-Key/),
      ]);
    });
  });
}
