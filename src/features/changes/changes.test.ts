import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plain } from '#domain/changes/plan.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { eachEngine } from '#store/testing.ts';
import { later } from '../people/testing.ts';
import type { ChangeTarget } from '../shared/services/change-targets.ts';
import { continueChanges } from './verify.ts';

/** A fictitious system of lamps that are on or off. The engine has no special code for it. */
class Lamps implements ChangeTarget {
  readonly id = 'lamps';
  readonly lamps = new Map<string, string>();
  /** Every lamp created, once per creation. */
  readonly made: string[] = [];
  observed: ReadonlyMap<string, string> | null = new Map();
  mayWrite = false;
  /** false: what was created is not visible yet. */
  shows = true;
  /** The call that throws, to simulate a killed process; each call counts down. */
  dieAt = Number.POSITIVE_INFINITY;
  answer: 'done' | 'busy' | 'refused' = 'done';

  #call(): void {
    this.dieAt -= 1;
    if (this.dieAt === 0) throw new Error('killed');
  }

  async plan(_context: unknown, subject: string, intent: Plain) {
    const seen = this.observed;
    if (seen === null) return { ok: false as const, why: 'The lamps have not been looked at.' };
    const light = (intent as { light?: string }).light ?? 'on';
    const names = [`${subject}-left`, `${subject}-right`];
    return {
      ok: true as const,
      title: `Turn ${subject} ${light}`,
      plan: {
        target: 'lamps',
        subject,
        intent,
        rests: JSON.stringify([...seen]),
        steps: names
          .filter((name) => seen.get(name) !== light)
          .map((name) => ({
            what: 'turn',
            name,
            mark: name,
            body: { light },
            before: seen.get(name) ?? null,
          })),
        measured: null,
        back: { light: light === 'on' ? 'off' : 'on' },
      },
    };
  }

  async verify(_context: unknown, plan: { steps: readonly { name: string; body: Plain }[] }) {
    const seen = this.observed;
    if (seen === null) return { is: 'not_yet' as const };
    const what = plan.steps.flatMap(({ name, body }) =>
      seen.get(name) === (body as { light: string }).light ? [] : [name],
    );
    return what.length > 0
      ? { is: 'differs' as const, what }
      : { is: 'holds' as const, proof: [...seen.keys()], sha256: null };
  }

  readonly writes = {
    may: async () => this.mayWrite,
    look: async (_context: unknown, step: { mark: string; body: Plain }) => {
      this.#call();
      return this.shows && this.lamps.get(step.mark) === (step.body as { light: string }).light
        ? { is: 'done' as const, id: `lamp ${step.mark}` }
        : { is: 'open' as const, harmless: false };
    },
    apply: async (_context: unknown, step: { mark: string; body: Plain }) => {
      this.#call();
      if (this.answer === 'busy')
        return { is: 'busy' as const, seconds: 30, taken: 'no' as const, why: 'The switch is hot.' };
      if (this.answer === 'refused') return { is: 'refused' as const, why: 'The fuse is out.' };
      this.lamps.set(step.mark, (step.body as { light: string }).light);
      this.made.push(step.mark);
      this.#call();
      return { is: 'done' as const, id: `lamp ${step.mark}` };
    },
  };
}

eachEngine('changes to a system outside', (engine) => {
  let lamps: Lamps;
  let bylaw: TestConsole;
  let base: string;
  let technician: TestPerson;
  let admin: TestPerson;
  const holder: { target: Lamps } = { target: new Lamps() };

  beforeAll(async () => {
    const target: ChangeTarget = {
      id: 'lamps',
      plan: (...given) => holder.target.plan(...given),
      verify: (context, of) => holder.target.verify(context, of),
      writes: {
        may: () => holder.target.writes.may(),
        look: (...given) => holder.target.writes.look(given[0], given[1]),
        apply: (...given) => holder.target.writes.apply(given[0], given[1]),
      },
    };
    bylaw = await testConsole({ store: await engine.open(), changeTargets: [target] });
  });
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    lamps = new Lamps();
    holder.target = lamps;
    const client = await bylaw.client('Alder Society');
    base = `/clients/${client.slug}/changes`;
    technician = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  });
  afterAll(() => bylaw.close());

  const plan = (who = technician, body: object = {}) =>
    who.call('POST', base, { target: 'lamps', subject: 'hall', reason: 'It is dark', ...body });
  const act = (who: TestPerson, id: string, verb: string, body: object) =>
    who.call('POST', `${base}/${id}/${verb}`, body);
  const shown = async (id: string) => (await admin.call('GET', `${base}/${id}`)).body;
  const approved = async () => {
    const { body } = await plan();
    await act(admin, body.id, 'approve', { version: body.version, plan: body.plan });
    return shown(body.id);
  };
  const job = () => continueChanges(bylaw.services);

  describe('planned and approved', () => {
    it('is approved as exactly what was seen, by someone who had no hand in it', async () => {
      const { body } = await plan();
      expect(body).toMatchObject({ state: 'planned', title: 'Turn hall on', may: { approve: false } });
      const own = await act(technician, body.id, 'approve', { version: 1, plan: body.plan });
      expect(own.status).toBe(403);
      const other = await act(admin, body.id, 'approve', { version: 1, plan: '0'.repeat(64) });
      expect(other.status).toBe(422);
      const early = await act(technician, body.id, 'carry-out', { version: 1 });
      expect(early.status).toBe(409);
      const good = await act(admin, body.id, 'approve', { version: 1, plan: body.plan });
      expect(good.body).toMatchObject({ state: 'approved', approvals: [{ by: 'Adele Admin' }] });
    });

    it('refuses the slower of two people who plan, approve or carry out the same change', async () => {
      const [first, second] = await Promise.all([plan(technician), plan(admin)]);
      expect([first.status, second.status].sort()).toEqual([201, 409]);
      const { body } = first.status === 201 ? first : second;
      expect((first.status === 409 ? first : second).body.message).toContain(
        'has already planned a change to the same',
      );
      const given = { version: body.version, plan: body.plan };
      const decides = first.status === 201 ? admin : technician;
      if (decides === admin) await act(admin, body.id, 'approve', given);
      else await act(bylaw.owner, body.id, 'approve', given);
      const at = (await shown(body.id)).version;
      const both = await Promise.all([
        act(technician, body.id, 'carry-out', { version: at }),
        act(admin, body.id, 'carry-out', { version: at }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it('says why nothing can be planned, and refuses a plan when there is nothing to do', async () => {
      lamps.observed = null;
      expect((await plan()).body.message).toBe('The lamps have not been looked at.');
      lamps.observed = new Map([
        ['hall-left', 'on'],
        ['hall-right', 'on'],
      ]);
      expect((await plan()).status).toBe(422);
      expect((await plan(technician, { target: 'doors' })).status).toBe(422);
    });
  });

  describe('carried out by people', () => {
    it('waits for an observation that shows it, and keeps the receipt as evidence', async () => {
      const change = await approved();
      const waiting = await act(technician, change.id, 'carry-out', { version: change.version });
      expect(waiting.body).toMatchObject({ state: 'waiting', applied: { by: 'Tara Tech' } });
      await job();
      expect(await shown(change.id)).toMatchObject({
        state: 'waiting',
        lacks: ['hall-left', 'hall-right'],
        receipt: null,
      });
      lamps.observed = new Map([
        ['hall-left', 'on'],
        ['hall-right', 'on'],
      ]);
      await job();
      const done = await shown(change.id);
      expect(done).toMatchObject({ state: 'verified', lacks: [], may: { undo: true } });
      const receipt = await admin.call('GET', `${base.replace('/changes', '/evidence')}/${done.receipt}`);
      expect(receipt.status).toBe(200);

      const back = await act(technician, change.id, 'undo', { reason: 'Day has come' });
      expect(back.body).toMatchObject({ title: 'Turn hall off', state: 'planned', undoes: change.id });
    });

    it('is undone once: its approval covers nothing that came after', async () => {
      const prove = async (light: string, id: string) => {
        lamps.observed = new Map(['hall-left', 'hall-right'].map((name) => [name, light]));
        await job();
        expect((await shown(id)).state).toBe('verified');
      };
      const carry = async (id: string) =>
        act(technician, id, 'carry-out', { version: (await shown(id)).version });
      const change = await approved();
      await carry(change.id);
      await prove('on', change.id);
      const { body: back } = await act(technician, change.id, 'undo', { reason: 'Day has come' });
      await act(admin, back.id, 'approve', { version: back.version, plan: back.plan });
      await carry(back.id);
      await prove('off', back.id);
      // Someone turns them on again, because the client has decided so meanwhile.
      lamps.observed = new Map(['hall-left', 'hall-right'].map((name) => [name, 'on']));
      const again = await act(technician, change.id, 'undo', { reason: 'Day has come' });
      expect([again.status, again.body.message]).toEqual([422, expect.stringContaining('already undone')]);
    });

    it('is withdrawn before it is carried out, and another can be planned', async () => {
      const change = await approved();
      const gone = await act(technician, change.id, 'withdraw', {
        version: change.version,
        reason: 'Not now',
      });
      expect(gone.body.state).toBe('withdrawn');
      expect((await plan()).status).toBe(201);
    });
  });

  describe('carried out by the server', () => {
    beforeEach(() => {
      lamps.mayWrite = true;
    });

    it('does each step once, wherever the process is killed', async () => {
      for (const at of [1, 2, 3, 4, 5, 6]) {
        holder.target = lamps = new Lamps();
        lamps.mayWrite = true;
        const change = await approved();
        lamps.dieAt = at;
        const carried = await act(technician, change.id, 'carry-out', { version: change.version });
        expect(carried.status).toBe(500);
        // The object is looked up several times before it is created again.
        for (let look = 1; look === 1 || (lamps.made.length < 2 && look <= 6); look += 1) {
          await later(bylaw, new Date(bylaw.services.clock().getTime() + 3 * 60_000).toISOString());
          await job();
        }
        expect(lamps.made).toEqual(['hall-left', 'hall-right']);
        lamps.observed = new Map(lamps.lamps);
        await job();
        expect(await shown(change.id)).toMatchObject({
          state: 'verified',
          steps: [
            { done: true, id: 'lamp hall-left' },
            { done: true, id: 'lamp hall-right' },
          ],
        });
      }
    });

    it('looks several times for what may already have been made before making it again', async () => {
      const change = await approved();
      lamps.shows = false;
      lamps.dieAt = 3;
      await act(technician, change.id, 'carry-out', { version: change.version });
      const next = async () => {
        await later(bylaw, new Date(bylaw.services.clock().getTime() + 3 * 60_000).toISOString());
        await job();
      };
      for (let look = 1; look <= 3; look += 1) await next();
      expect(lamps.made).toEqual(['hall-left']);
      expect((await shown(change.id)).lacks[0]).toContain('It is looked for before it is made again');
      lamps.shows = true;
      await next();
      expect(lamps.made).toEqual(['hall-left', 'hall-right']);
      expect((await shown(change.id)).state).toBe('waiting');
    });

    it('does nothing if the basis of the plan has changed since it was approved', async () => {
      const change = await approved();
      lamps.observed = new Map([['hall-left', 'broken']]);
      const refused = await act(technician, change.id, 'carry-out', { version: change.version });
      expect(refused.status).toBe(422);
      expect(lamps.made).toEqual([]);
    });

    it('waits where the other side is busy, and says why a step was refused', async () => {
      const change = await approved();
      lamps.answer = 'busy';
      const busy = await act(technician, change.id, 'carry-out', { version: change.version });
      expect(busy.body).toMatchObject({ state: 'applying', lacks: ['The switch is hot.'] });
      await job();
      expect((await shown(change.id)).state).toBe('applying');
      lamps.answer = 'refused';
      await later(bylaw, new Date(bylaw.services.clock().getTime() + 60_000).toISOString());
      await job();
      expect(await shown(change.id)).toMatchObject({ state: 'failed', lacks: ['The fuse is out.'] });
    });
  });
});
