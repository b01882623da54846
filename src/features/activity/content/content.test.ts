import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { sweepFiles } from '../../imports/index.ts';
import { ageFiles, importOn, ownerNow, runJobs } from '../../retention/testing.ts';
import { charter, everything } from '../text/testing.ts';

const JOB = /attached content whose days are over/;
const WORDS = Buffer.from('what Jane wrote about a member');
/** More than two pieces, with words that are looked for on the disk. */
const FILE = Buffer.concat([randomBytes(1_400_000), WORDS, randomBytes(1_400_000)]);
const SHA = createHash('sha256').update(FILE).digest('hex');

anyEngine('files with content that are attached to an incident', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let owner: TestPerson;
  let ina: TestPerson;
  let renata: TestPerson;
  let counsel: TestPerson;
  let incident: string;

  const path = (rest = '') => `/clients/${client.slug}/content-files${rest}`;
  const attach = (who: TestPerson, more: Record<string, string> = {}, bytes: Buffer = FILE) =>
    bylaw.inject({
      method: 'PUT',
      url: `/api/v1${path(`?${new URLSearchParams({ incident, name: 'data-2026-11-25.zip', until: '2026-12-01', ...more })}`)}`,
      headers: {
        cookie: who.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload: bytes,
    });
  const list = async (): Promise<Json[]> => (await owner.call('GET', path())).body.items;
  const answer = (opening: string, person: TestPerson, agree = true) =>
    person.call('POST', `/clients/${client.slug}/activity/text-openings/${opening}/answer`, { agree });
  const ask = async (id: string) =>
    ina.call('POST', path(`/${id}/ask`), { reason: 'Who was told of the merger' });
  const open = (id: string, opening: string, who = ina) =>
    who.call('POST', path(`/${id}/openings/${opening}`), {});
  const records = async (action: string): Promise<Json[]> =>
    (await owner.call('GET', `/clients/${client.slug}/audit?action=${action}`)).body.items;
  const afterOf = async ({ seq }: Json) =>
    JSON.parse((await owner.call('GET', `/clients/${client.slug}/audit/records/${seq}`)).body.body).after;
  const at = async (day: string) => {
    bylaw.setNow(new Date(`${day}T16:00:00Z`));
    owner = await ownerNow(bylaw);
  };
  const onDisk = async (): Promise<Buffer[]> => {
    const folder = join(bylaw.services.config.dataDir, 'evidence');
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    return Promise.all(
      files.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name))),
    );
  };
  const sealedThere = async () => (await onDisk()).some(({ length }) => length > 2_000_000);

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society');
    bylaw.setNow(new Date('2026-11-23T12:00:00Z'));
    await importOn(bylaw, client, '2026-11-23', [{ name: 'charter.yaml', bytes: charter() }]);
    await at('2026-11-25');
    ina = await bylaw.person('investigator', client.id, 'Ina Vester');
    renata = await bylaw.person('hr', client.id, 'Renata Osei');
    counsel = await bylaw.person('auditor', client.id, 'Legal counsel');
    const opened = await owner.call('POST', `/clients/${client.slug}/incidents`, {
      type: 'content_request',
      title: 'The leak of October',
      summary: 'Activities alone do not clear it up',
    });
    incident = opened.body.id;
  });
  afterAll(() => bylaw.close());

  it('are taken for an open incident, with an end, by whoever may open content, and lie sealed', async () => {
    const technician = await bylaw.person('technician', client.id);
    expect((await attach(technician)).status).toBe(403);
    expect((await attach(ina, { incident: 'none' })).status).toBe(404);
    for (const until of ['2026-11-24', '2027-02-24']) expect((await attach(ina, { until })).status).toBe(400);
    expect((await attach(ina, {}, Buffer.alloc(0))).status).toBe(400);
    expect(await list()).toEqual([]);
    // An investigator sees no incident, and is told of those that a file can be attached to.
    expect((await ina.call('GET', `/clients/${client.slug}/incidents`)).status).toBe(403);
    expect((await ina.call('GET', path())).body.cases).toMatchObject([{ id: incident }]);
    expect((await technician.call('GET', path())).body.cases).toEqual([]);

    const attached = await attach(ina);
    expect(attached).toMatchObject({
      status: 200,
      body: {
        name: 'data-2026-11-25.zip',
        bytes: FILE.length,
        sha256: SHA,
        until: '2026-12-01',
        incident: { id: incident },
        gone: null,
      },
    });
    expect((await onDisk()).filter((bytes) => bytes.includes(WORDS))).toEqual([]);
    expect(await sealedThere()).toBe(true);
    expect(await everything(bylaw)).not.toContain(WORDS.toString());
    // Nothing else hands it out: it is no evidence.
    expect((await owner.call('GET', `/clients/${client.slug}/evidence/${SHA}`)).status).toBe(404);
    expect(await afterOf((await records('activity.attach_content'))[0])).toMatchObject({ sha256: SHA });
    await ageFiles(bylaw);
    await sweepFiles(bylaw.services);
    expect(await sealedThere()).toBe(true);
  });

  it('are opened by who asked, once two of the charter’s agreed, on record each time', async () => {
    const [{ id }] = (await list()) as [Json];
    const { body } = await ask(id);
    const home = (await renata.call('GET', `/clients/${client.slug}/activity/text-openings`)).body.items;
    expect(home).toMatchObject([{ file: 'data-2026-11-25.zip', seq: null, mayAnswer: true }]);
    await answer(body.opening, renata);
    expect((await open(id, body.opening)).status).toBe(422);
    await answer(body.opening, counsel);
    expect((await open(id, body.opening, owner)).status).toBe(404);
    const other = await attach(ina, { name: 'second.zip' }, Buffer.from('other'));
    expect((await open(other.body.id, body.opening)).status).toBe(404);
    expect(await records('activity.open_content')).toEqual([]);
    for (const times of [1, 2]) {
      const opened = await open(id, body.opening);
      expect(opened.status).toBe(200);
      expect(opened.headers['content-disposition']).toContain('data-2026-11-25.zip');
      expect(createHash('sha256').update(opened.bytes).digest('hex')).toBe(SHA);
      expect(await records('activity.open_content')).toHaveLength(times);
    }
    const [last] = await records('activity.open_content');
    expect(last).toMatchObject({ reason: 'Who was told of the merger', actor: { name: 'Ina Vester' } });
    expect(await afterOf(last)).toMatchObject({ agreed: ['Renata Osei', 'Legal counsel'], sha256: SHA });
    const timeline = (await owner.call('GET', `/clients/${client.slug}/incidents/${incident}`)).body.timeline;
    expect(timeline.map(({ act }: Json) => act)).toEqual(
      expect.arrayContaining(['content_attached', 'content_asked', 'content_opened']),
    );
    const asked = await ask(id);
    await answer(asked.body.opening, renata, false);
    expect((await open(id, asked.body.opening)).status).toBe(422);
  });

  it('are destroyed by hand, or when their last day is over, unless a hold keeps them, on record', async () => {
    const second = (await list()).find(({ name }) => name === 'second.zip') as Json;
    const first = (await list()).find(({ name }) => name !== 'second.zip') as Json;
    const destroy = () => ina.call('DELETE', path(`/${second.id}`), { reason: 'It is out of scope.' });
    await owner.call('PUT', `/clients/${client.slug}/hold`, { reason: 'An inquiry' });
    expect((await destroy()).body.message).toContain('is on legal hold');
    await owner.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'It is over' });
    const gone = await destroy();
    expect(gone.body.gone).toMatchObject({ why: 'by_hand', by: 'Ina Vester' });
    await at('2026-12-01');
    await runJobs(bylaw, JOB);
    expect((await list()).find(({ id }) => id === first.id)).toMatchObject({ gone: null });
    await at('2026-12-02');
    await owner.call('PUT', `/clients/${client.slug}/hold`, { reason: 'An inquiry' });
    await runJobs(bylaw, JOB);
    expect((await list()).find(({ id }) => id === first.id)).toMatchObject({ gone: null });
    await owner.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'It is over' });
    await ageFiles(bylaw);
    await runJobs(bylaw, JOB);
    expect((await list()).find(({ id }) => id === first.id)).toMatchObject({ gone: { why: 'over' } });
    expect(await sealedThere()).toBe(false);
    const [record] = await records('retention.destroy_content');
    expect(record).toMatchObject({ actor: { name: 'Bylaw, by retention' } });
    const { timeline } = (await owner.call('GET', `/clients/${client.slug}/incidents/${incident}`)).body;
    const destroyed = timeline.filter(({ words }: Json) => /destroyed/i.test(words));
    expect(destroyed.map(({ words, by }: Json) => [words, by])).toEqual([
      ['Destroyed an attached file', 'Ina Vester'],
      ['An attached file was destroyed after its last day', 'Bylaw, by retention'],
    ]);
    const { rows } = await bylaw.services.store.asOwner((session) =>
      session.query('select locked, blob_sha256 from content_files'),
    );
    expect(rows).toEqual([
      { locked: null, blob_sha256: null },
      { locked: null, blob_sha256: null },
    ]);
    ina = await bylaw.person('investigator', client.id, 'Ida Later');
    expect((await ask(first.id)).status).toBe(422);
  });
});
// Guide: G5.2-04
