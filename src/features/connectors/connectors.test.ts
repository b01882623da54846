import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';

/** The matrix over HTTP: display, saving, refusals and conflicts. */
let bylaw: TestConsole;
let sandbox: string;
let technician: TestPerson;

beforeAll(async () => {
  bylaw = await testConsole();
  const { body } = await bylaw.owner.call('POST', '/sandbox', {});
  sandbox = body.client;
  technician = await bylaw.person('technician', body.id, 'Theo Technician');
});
afterAll(() => bylaw.close());

const matrix = async (client: string, query = '') =>
  (await technician.call('GET', `/clients/${client}/connectors/matrix${query}`)).body;
const rowOf = async (client: string, id: string, query = '') =>
  (await matrix(client, query)).rows.find((row: { id: string }) => row.id === id);
const save = (client: string, body: object, by = technician) =>
  by.call('POST', `/clients/${client}/connectors/matrix`, body);

async function client(name: string): Promise<string> {
  const created = await bylaw.client(name);
  technician = await bylaw.person('technician', null, 'Theo Technician');
  return created.slug;
}

describe('the matrix', () => {
  it('shows the charter, the baseline and what was observed, and how they compare', async () => {
    const shown = await matrix(sandbox);
    expect(shown.charter).not.toBeNull();
    expect(shown.draft).toBeNull();
    expect(shown.observed).toMatchObject({ on: '2026-11-24', why: null });
    const drift = await rowOf(sandbox, 'microsoft365_sharepoint/sharepoint_delete_item');
    expect(drift).toMatchObject({
      effect: 'delete',
      baseline: 'blocked',
      baselineFrom: 'guide',
      charter: 'blocked',
      observed: { state: 'ask', on: '2026-11-24' },
      guarded: { states: ['allow'] },
    });
    expect(shown.words).toMatch(/^\d+ read actions? allowed, \d+ needs? approval, \d+ blocked; \d+ looser/);
    const blocked = Object.values(shown.summary.blocked as Record<string, number>);
    expect(blocked.reduce((sum, n) => sum + n, 0)).toBe(
      shown.rows.filter(
        (row: { kind: string; exists: boolean; charter: string | null; charterFrom: string | null }) =>
          row.kind !== 'rest' && (row.exists || row.charterFrom === 'named') && row.charter === 'blocked',
      ).length,
    );
  });

  it('says that nobody has decided where there is no charter, and calls nothing blocked', async () => {
    const slug = await client('Alder Undecided');
    await importing(bylaw, bylaw.owner, slug).all([
      {
        name: 'connectors.csv',
        bytes: 'Connector,Action,State\nAsana,Read tasks,Always allow\nAsana,Create tasks,Blocked\n',
      },
    ]);
    const shown = await matrix(slug);
    expect(shown.words).toMatch(/^No one has decided any of the \d+ actions\.$/);
    expect(Object.values(shown.summary.blocked as Record<string, number>).some((n) => n > 0)).toBe(false);
  });

  it('filters as the page does, and exports what it filters', async () => {
    const wider = await matrix(sandbox, '?drift=wider');
    expect(wider.rows.map((row: { id: string }) => row.id)).toContain(
      'microsoft365_sharepoint/sharepoint_delete_item',
    );
    const file = await technician.call(
      'GET',
      `/clients/${sandbox}/connectors/matrix/export?format=csv&drift=wider`,
    );
    expect(file.status).toBe(200);
    const text = file.bytes.toString('utf8');
    expect(text).toContain('Wider than the charter');
    expect(text).toContain('Delete');
    expect(
      text.split('\n').filter((line) => line.includes('Wider than the charter')).length,
    ).toBeGreaterThanOrEqual(wider.rows.length);
    const json = await technician.call('GET', `/clients/${sandbox}/connectors/matrix/export?format=json`);
    expect(json.status).toBe(200);
  });

  it('does not exist for someone who may not see the client, and is read-only for a reader', async () => {
    const stranger = await bylaw.person('technician', (await bylaw.client('Other Guild')).id);
    expect((await stranger.call('GET', `/clients/${sandbox}/connectors/matrix`)).status).toBe(404);
    const auditor = await bylaw.person('auditor', null, 'Ada Auditor');
    const shown = await auditor.call('GET', `/clients/${sandbox}/connectors/matrix`);
    expect(shown.body.may).toEqual({ edit: false });
    const refused = await save(sandbox, { version: shown.body.charter.version, cells: [] }, auditor);
    expect(refused.status).toBe(403);
  });
});

describe('a save', () => {
  it('takes a client without a charter from nothing to a draft, and only approval puts it in force', async () => {
    const slug = await client('Alder Beginners');
    const empty = await matrix(slug);
    expect([empty.charter, empty.rows.length]).toEqual([null, 0]);
    expect(empty.observed.why).toMatch(/connectors/i);
    const put = await save(slug, {
      version: 0,
      title: 'First connectors',
      reason: 'Approved by the board',
      add: [
        { entry: 'microsoft365_outlook' },
        {
          name: 'Member desk',
          kind: 'custom',
          ams: true,
          amsMethods: ['custom_mcp'],
          preset: 'read_only',
          tools: [
            { name: 'search_members', effect: 'read' },
            { name: 'update_member', effect: 'write' },
            { name: 'sync' },
          ],
        },
      ],
    });
    expect(put.status).toBe(201);
    const draft = put.body.draft;
    const shown = await matrix(slug, `?draft=${draft}`);
    const of = (id: string) => shown.rows.find((row: { id: string }) => row.id === id);
    expect(of('microsoft365_outlook/outlook_email_search')).toMatchObject({ charter: 'allow' });
    expect(of('microsoft365_outlook/outlook_create_draft')).toMatchObject({ charter: 'blocked' });
    expect(of('desk member/searchmember')).toMatchObject({ effect: 'read', charter: 'allow' });
    expect(of('desk member/updatemember')).toMatchObject({
      effect: 'write',
      charter: 'blocked',
      baseline: 'blocked',
    });
    expect(of('desk member/sync')).toMatchObject({
      effect: 'unknown',
      effectFrom: 'nobody',
      charter: 'blocked',
    });
    expect((await matrix(slug)).rows).toEqual([]);
    const proposed = await technician.call('POST', `/clients/${slug}/charter/drafts/${draft}/propose`, {
      version: 1,
    });
    expect(proposed.status).toBe(201);
    const approved = await bylaw.owner.call('POST', `/clients/${slug}/charter/drafts/${draft}/approve`, {
      version: proposed.body.version,
    });
    expect(approved.status).toBe(201);
    expect((await rowOf(slug, 'microsoft365_outlook/outlook_email_search')).charter).toBe('allow');
  });

  it('refuses what is looser without a reason, against an invariant without an end, and what Claude does not offer; nothing of it is stored', async () => {
    const slug = await client('Alder Refused');
    const first = await save(slug, {
      version: 0,
      add: [
        { entry: 'microsoft365_outlook' },
        { entry: 'imis', amsMethods: ['custom_mcp'] },
        { entry: 'asana' },
      ],
    });
    const draft = first.body.draft;
    const attempt = (cells: object[]) => save(slug, { draft, version: 1, cells });
    const row = (id: string, permission: string, more = {}) => ({ row: id, permission, ...more });
    const bare = await attempt([row('microsoft365_outlook/outlook_create_draft', 'ask')]);
    expect([bare.status, bare.body.message]).toEqual([
      422,
      'Microsoft 365 (Outlook) “Create a draft”: Needs approval is looser than the baseline, Blocked. Say why.',
    ]);
    const open = await attempt([row('imis/update_records', 'ask', { reason: 'Addresses' })]);
    expect(open.body.message).toContain('requires two approvers and an end date. Enter the end date.');
    const past = await attempt([
      row('imis/update_records', 'ask', { reason: 'Addresses', until: '2026-01-01' }),
    ]);
    expect(past.body.message).toContain('the end date Jan 1, 2026 is past');
    const never = await attempt([
      row('microsoft365_outlook/outlook_send_mail', 'allow', { reason: 'Quick', until: '2027-01-31' }),
    ]);
    expect(never.body.message).toContain('Claude does not offer Always allow for it');
    const gone = await attempt([row('asana/create_tasks', 'blocked'), row('asana/paint_tasks', 'ask')]);
    expect(gone.body.message).toContain('is no longer in the matrix');
    expect((await rowOf(slug, 'asana/create_tasks', `?draft=${draft}`)).charter).toBe('ask');
    const stays = (await matrix(slug, `?draft=${draft}`)).draft;
    expect(stays.version).toBe(1);
  });

  it('asks by which ways Claude reaches a membership system that is added (G3.3-00)', async () => {
    const slug = await client('Alder Members');
    const add = (one: object) => save(slug, { version: 0, add: [one] });
    const own = { name: 'Member Base', ams: true, tools: [{ name: 'search', effect: 'read' }] };
    for (const one of [{ entry: 'imis' }, own]) {
      const { status, body } = await add(one);
      expect([status, body.message]).toEqual([
        422,
        expect.stringMatching(/is a membership system\. Say by which of the three ways/),
      ]);
    }
    const byHand = await add({ ...own, amsMethods: ['manual_upload'] });
    expect([byHand.status, byHand.body.message]).toEqual([422, expect.stringContaining('Name custom_mcp')]);
    const other = await add({ entry: 'asana', amsMethods: ['bedrock'] });
    expect([other.status, other.body.message]).toEqual([
      422,
      expect.stringContaining('so no ways to reach it'),
    ]);
    const { body } = await add({ ...own, amsMethods: ['custom_mcp', 'manual_upload'] });
    const shown = await bylaw.owner.call('GET', `/clients/${slug}/charter/drafts/${body.draft}`);
    expect(JSON.stringify(shown.body)).toContain('"methods":["custom_mcp","manual_upload"]');
    // Values already in the charter are not asked for again.
    const more = await save(slug, { draft: body.draft, version: 1, add: [{ entry: 'imis' }] });
    expect([more.status, more.body.message]).toEqual([201, undefined]);
  });

  it('keeps the reason and the end date, and the draft then needs two approvers', async () => {
    const slug = await client('Alder Exceptional');
    const { body } = await save(slug, { version: 0, add: [{ entry: 'imis', amsMethods: ['custom_mcp'] }] });
    const saved = await save(slug, {
      draft: body.draft,
      version: 1,
      cells: [
        { row: 'imis/update_records', permission: 'ask', reason: 'Addresses by hand', until: '2027-01-31' },
      ],
    });
    expect(saved.status).toBe(201);
    expect(await rowOf(slug, 'imis/update_records', `?draft=${body.draft}`)).toMatchObject({
      charter: 'ask',
      justification: 'Addresses by hand',
      until: '2027-01-31',
    });
    const draft = await technician.call('GET', `/clients/${slug}/charter/drafts/${body.draft}`);
    expect(draft.body.status.approvals.needed).toBe(2);
    expect(draft.body.status.faults).toEqual([]);
    await save(slug, {
      draft: body.draft,
      version: 2,
      cells: [{ row: 'imis/update_records', permission: 'blocked' }],
    });
    const back = await technician.call('GET', `/clients/${slug}/charter/drafts/${body.draft}`);
    expect(back.body.status.approvals.needed).toBe(1);
    expect(back.body.value.invariantExceptions ?? []).toEqual([]);
  });

  it('names the person who saved first and overwrites none of their work', async () => {
    const slug = await client('Alder Quick');
    const { body } = await save(slug, { version: 0, add: [{ entry: 'asana' }] });
    const other = await bylaw.person('technician', null, 'Quinn Quicker');
    const theirs = await save(
      slug,
      { draft: body.draft, version: 1, cells: [{ row: 'asana/read_tasks', permission: 'ask' }] },
      other,
    );
    expect(theirs.status).toBe(201);
    const late = await save(slug, {
      draft: body.draft,
      version: 1,
      cells: [{ row: 'asana/create_tasks', permission: 'blocked' }],
    });
    expect([late.status, late.body.data.by]).toEqual([409, 'Quinn Quicker']);
    const shown = await matrix(slug, `?draft=${body.draft}`);
    const of = (id: string) => shown.rows.find((row: { id: string }) => row.id === id).charter;
    expect([of('asana/read_tasks'), of('asana/create_tasks')]).toEqual(['ask', 'ask']);
    const second = await save(slug, { version: 0, add: [{ entry: 'figma' }] });
    expect([second.status, second.body.message]).toEqual([409, expect.stringContaining('has an open draft')]);
  });

  it('lets someone say what an unknown tool does, with their name on the record, and takes a connector out', async () => {
    const slug = await client('Alder Classified');
    const { body } = await save(slug, {
      version: 0,
      add: [
        {
          name: 'Paint server',
          url: 'https://paint.example.org/mcp',
          tools: [{ name: 'mix_paint' }, { name: 'list_colors' }],
          preset: 'baseline',
        },
      ],
    });
    const created = await technician.call('GET', `/clients/${slug}/charter/drafts/${body.draft}`);
    expect(created.body.value.connectors[0].url).toBe('https://paint.example.org/mcp');
    const plain = {
      draft: body.draft,
      version: 1,
      add: [{ name: 'Other', url: 'http://x.example', tools: [] }],
    };
    expect((await save(slug, plain)).status).toBe(400);
    const before = await rowOf(slug, 'paint/mixpaint', `?draft=${body.draft}`);
    expect(before).toMatchObject({ effect: 'unknown', baseline: 'ask' });
    const reply = await save(slug, {
      draft: body.draft,
      version: 1,
      classify: [{ row: 'paint/mixpaint', effect: 'delete' }],
    });
    expect(reply.status).toBe(201);
    expect(await rowOf(slug, 'paint/mixpaint', `?draft=${body.draft}`)).toMatchObject({
      effect: 'delete',
      effectFrom: 'charter',
      baseline: 'blocked',
    });
    const log = await bylaw.owner.call('GET', `/clients/${slug}/audit?limit=5`);
    expect(log.body.items[0]).toMatchObject({
      action: 'charter.draft.edit',
      actor: { name: 'Theo Technician' },
    });
    // One review covers everything offered: it cannot be signed while an action is unclassified, and it names who
    // signed and when.
    const sign = (version: number) =>
      technician.call('POST', `/clients/${slug}/connectors/matrix/review`, { draft: body.draft, version });
    const early = await sign(2);
    expect([early.status, early.body.message]).toEqual([
      422,
      expect.stringMatching(/1 action does: .*list_?colors/i),
    ]);
    const left = (await matrix(slug, `?draft=${body.draft}`)).rows.find(
      ({ kind, effect }: { kind: string; effect: string }) => kind === 'action' && effect === 'unknown',
    );
    const read = { draft: body.draft, version: 2, classify: [{ row: left.id, effect: 'read' }] };
    expect((await save(slug, read)).body).toMatchObject({ version: 3 });
    expect((await sign(3)).status).toBe(201);
    const signed = await technician.call('GET', `/clients/${slug}/charter/drafts/${body.draft}`);
    expect(signed.body.value.connectors[0].actionsClassified).toBe('2026-11-24');
    expect(signed.body.reason).toContain(
      'Theo Technician reviewed 2 actions of 1 approved connector on Nov 24, 2026.',
    );
    const known = await save(slug, {
      draft: body.draft,
      version: 4,
      add: [{ name: 'Jira', tools: [] }],
    });
    expect(known.body.message).toContain('The catalogue knows Jira as Atlassian');
    const out = await save(slug, { draft: body.draft, version: 4, remove: ['Paint server'] });
    expect(out.status).toBe(201);
    expect((await matrix(slug, `?draft=${body.draft}`)).connectors).toEqual([]);
  });
});
// Guide: G0-04 G1.1-03 G2.1-04 G2.2-13 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27
// Guide: G2.2-28 G2.2-29 G2.2-30 G3.3-00 G3.4-02
