import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { auditOf, clientTable, inForce, upload, YAML } from './testing.ts';

/** Baselines over HTTP: forty clients from one template, their differences, and who may see them. */

anyEngine('baselines', (engine) => {
  let bylaw: TestConsole;
  let baseline: { id: string; version: number };
  const path = (rest = '') => `/baselines/${baseline.id}${rest}`;
  const clients = () =>
    bylaw.services.store.read('system', (tx) =>
      // All are created at the same instant, so sort such that society-2 comes before society-10.
      tx
        .selectFrom('clients')
        .select(['id', 'slug', 'name', 'profile'])
        .orderBy((eb) => eb.fn('length', ['slug']))
        .orderBy('slug')
        .execute(),
    );

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    const made = await bylaw.owner.call('POST', '/baselines', { yaml: YAML });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    baseline = made.body;
  });
  afterAll(() => bylaw.close());

  test('forty clients are made from one template in one action, each with one record and a draft', async () => {
    const table = await upload(bylaw, bylaw.owner, clientTable());
    expect(table.body).toMatchObject({ total: 40, problems: [], offers: [], unused: [] });
    const { rows } = table.body;
    const preview = await bylaw.owner.call('POST', path('/preview'), { rows });
    expect(preview.body.items[0]).toMatchObject({ act: 'create', name: 'Society 1', fits: null, tasks: 2 });
    expect(await clients()).toHaveLength(0);
    const start = performance.now();
    const answer = await bylaw.owner.call('POST', path('/apply'), {
      version: 1,
      rows,
      reason: 'New this autumn',
    });
    console.log(
      `40 clients from one template: ${Math.round(performance.now() - start)} ms on ${engine.kind}`,
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({ total: 40, created: 40, version: 1 });
    const made = await clients();
    expect(made).toHaveLength(40);
    expect(made[0]?.profile).toMatchObject({ timezone: 'America/New_York', swg: null, staffCount: 6 });
    for (const { id } of made) {
      const records = await auditOf(bylaw, id);
      expect(records.map(({ action }) => action)).toEqual(['baselines.apply']);
      expect(JSON.parse(records[0]?.body ?? '{}').after).toMatchObject({
        baseline: { name: 'Kestrel standard', version: 1 },
        draft: { state: 'draft' },
      });
    }
    const workspace = await auditOf(bylaw, 'workspace');
    expect(workspace.map(({ action }) => action)).toEqual(['baselines.create', 'baselines.apply']);
    const drafts = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('charter_drafts').select(['state', 'origin', 'value', 'reason']).execute(),
    );
    expect(drafts).toHaveLength(40);
    expect(drafts.map(({ value }) => value)).toContainEqual(
      expect.objectContaining({
        accountOwner: 'it@society-1.example.org',
        inviteDomains: ['society-1.example.org'],
      }),
    );
    expect(drafts[0]).toMatchObject({
      state: 'draft',
      origin: `baseline:${baseline.id}`,
      reason: 'New this autumn',
    });
    // Nothing is in force without a second person.
    const inForce = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('documents').select('id').execute(),
    );
    expect(inForce).toEqual([]);
    const shown = (await bylaw.owner.call('GET', path())).body;
    expect(shown).toMatchObject({ clients: 40, older: 0 });
    expect(shown.items[0]).toMatchObject({ charter: null, differences: null, draft: { state: 'draft' } });
    expect(shown.items[0].texts[0].text).toBe('Dear Society 1, at society-1.example.org.');
    expect(shown.items[0].tasks.map(({ owner }: { owner: string }) => owner)).toEqual([
      'it@society-1.example.org',
      'Kestrel desk',
    ]);
    // The deployment page shows them.
    const journey = (await bylaw.owner.call('GET', '/clients/society-1/deployment')).body;
    const named = journey.tasks.find(({ id }: { id: string }) => id === 'owner_named');
    expect(JSON.stringify(named)).toContain('it@society-1.example.org');
  });

  test('one request makes no more changes than can be shown', async () => {
    const actions = Array.from({ length: 3_000 }, (_, at) => `        tool_${at}: allow`).join('\n');
    const yaml = `name: Large\npurpose: A server of our own.\nmeantFor: { claudePlans: [team] }\ncharter:\n  connectors:\n    - name: Server\n      kind: custom\n      actions:\n${actions}\n`;
    const made = await bylaw.owner.call('POST', '/baselines', { yaml });
    const rows = Array.from({ length: 14 }, (_, at) => ({
      name: `Large ${at}`,
      domains: [`large-${at}.example.org`],
      claudePlan: 'team',
    }));
    const { status, body } = await bylaw.owner.call('POST', `/baselines/${made.body.id}/preview`, { rows });
    expect([status, body.message]).toEqual([422, expect.stringContaining('more than 40,000 changes')]);
    const few = await bylaw.owner.call('POST', `/baselines/${made.body.id}/preview`, {
      rows: rows.slice(0, 2),
    });
    expect(few.body.items).toHaveLength(2);
    await bylaw.owner.call('POST', `/baselines/${made.body.id}/retire`, { reason: 'Only tried' });
  });

  test('one wrong row stores nothing at all, and says which', async () => {
    const before = (await clients()).length;
    const rows = (await upload(bylaw, bylaw.owner, clientTable(3, 100))).body.rows;
    const refused = await bylaw.owner.call('POST', path('/apply'), {
      version: 1,
      rows: [...rows, { ...rows[0], row: 9 }],
      reason: 'Twice',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toMatch(
      /^Row 9, column “Name”: “Society 100” is already in row 2\. Nothing was stored\./,
    );
    expect(await clients()).toHaveLength(before);
    const stale = await bylaw.owner.call('POST', path('/apply'), { version: 7, rows, reason: 'An old page' });
    expect(stale.status).toBe(409);
    expect(await clients()).toHaveLength(before);
    const records = await auditOf(bylaw, 'workspace');
    expect(records.filter(({ action }) => action === 'baselines.apply')).toHaveLength(1);
  });

  test('a client that is there under the same domain is offered to be updated, and keeps what it decided', async () => {
    const text = clientTable(1, 1).replace('Society 1\t', 'Society One\t').replace('\t6\t', '\t99\t');
    const table = (await upload(bylaw, bylaw.owner, text)).body;
    expect(table.offers).toEqual([
      expect.objectContaining({ row: 2, name: 'Society 1', client: 'society-1' }),
    ]);
    const unsaid = await bylaw.owner.call('POST', path('/apply'), {
      version: 1,
      rows: table.rows,
      reason: 'Again',
    });
    expect(unsaid.status).toBe(422);
    const rows = [{ ...table.rows[0], update: true }];
    const done = await bylaw.owner.call('POST', path('/apply'), { version: 1, rows, reason: 'Again' });
    expect(done.body).toMatchObject({ total: 1, created: 0 });
    const [first] = await clients();
    expect(first).toMatchObject({ name: 'Society 1', profile: { staffCount: 6 } });
    const drafts = await bylaw.services.store.read('system', (tx) =>
      tx
        .selectFrom('charter_drafts')
        .select('id')
        .where('client_id', '=', first?.id ?? '')
        .execute(),
    );
    // The draft of the same origin is replaced, so that there is only one.
    expect(drafts).toHaveLength(1);
  });

  test('a client in force is compared place by place; a difference is kept on purpose or proposed again', async () => {
    const [first] = await clients();
    const id = first?.id ?? '';
    await inForce(bylaw, id, {
      accountOwner: 'it@society-1.example.org',
      maxOwners: 4,
      inviteDomains: ['society-1.example.org'],
      localMcpAllowed: false,
      connectors: [
        { name: 'Asana', actions: { 'Read tasks': 'allow', 'Create tasks': 'allow', '*': 'blocked' } },
      ],
    });
    const open = (await bylaw.owner.call('GET', path('/differences'))).body;
    expect(open.rows.map(({ what, looser }: { what: string; looser: number }) => [what, looser])).toEqual([
      ['Asana: Create tasks', 1],
      ['Maximum number of Owners', 1],
    ]);
    const [asana, owners] = open.rows;
    expect(asana.cells).toEqual([
      expect.objectContaining({
        client: 'society-1',
        value: 'Always allow',
        template: 'Needs approval',
        status: 'looser',
        kept: null,
      }),
    ]);
    // A client without a charter in force is not compared, and not shown as equal.
    expect(open.clients.filter(({ charter }: { charter: unknown }) => charter === null)).toHaveLength(39);
    const kept = await bylaw.owner.call('POST', path('/differences/keep'), {
      client: 'society-1',
      key: owners.key,
      reason: 'Two sites, two owners each',
    });
    expect(kept.status, JSON.stringify(kept.body)).toBe(201);
    const now = (await bylaw.owner.call('GET', path('/differences'))).body;
    expect(now).toMatchObject({ total: 1, open: 1 });
    const all = (await bylaw.owner.call('GET', path('/differences?view=kept'))).body;
    expect(all.rows[0].cells[0].kept).toMatchObject({
      reason: 'Two sites, two owners each',
      by: 'Olive Owner',
    });
    // Applying the baseline again keeps the difference.
    const preview = await bylaw.owner.call('POST', path('/preview'), { clients: ['society-1'] });
    const [plan] = preview.body.items;
    expect(plan.charter.changes.map(({ what }: { what: string }) => what)).toEqual(['Asana: Create tasks']);
    expect(plan.charter.stays).toEqual([
      expect.objectContaining({ value: '4', reason: 'Two sites, two owners each' }),
    ]);
    // A decision is for one value; another value needs its own.
    await inForce(bylaw, id, { maxOwners: 5, connectors: [] });
    const other = (await bylaw.owner.call('GET', path('/differences'))).body;
    expect(other.rows.map(({ what }: { what: string }) => what)).toContain('Maximum number of Owners');
    const proposed = await bylaw.owner.call('POST', path('/differences/propose'), {
      client: 'society-1',
      keys: [owners.key],
      reason: 'Two are enough after all',
    });
    const draft = await bylaw.services.store.read([id], (tx) =>
      tx
        .selectFrom('charter_drafts')
        .selectAll()
        .where('id', '=', proposed.body.draft)
        .executeTakeFirstOrThrow(),
    );
    expect(draft).toMatchObject({ state: 'draft', value: { maxOwners: 2, connectors: [] } });
    const file = await bylaw.owner.call('GET', path('/differences/export?format=csv&view=all'));
    expect(file.bytes.toString('utf8')).toContain('Maximum number of Owners');
    expect((await auditOf(bylaw, id)).map(({ action }) => action)).toEqual([
      'baselines.apply',
      'baselines.apply',
      'baselines.keep_difference',
      'baselines.propose',
    ]);
  });

  test('a change makes a version of its own and shows who still has an earlier one', async () => {
    const yaml = YAML.replace('maxOwners: 2', 'maxOwners: 1');
    const changed = await bylaw.owner.call('PUT', path(), { version: 1, yaml, note: 'One owner' });
    expect(changed.body).toMatchObject({ version: 2, clients: 40, older: 40 });
    expect(
      changed.body.versions.map(({ version, note }: { version: number; note: string }) => [version, note]),
    ).toEqual([
      [2, 'One owner'],
      [1, null],
    ]);
    const late = await bylaw.owner.call('PUT', path(), { version: 1, yaml: YAML });
    expect(late.status).toBe(409);
    expect(late.body.data).toMatchObject({ by: 'Olive Owner', version: 2 });
    const old = await bylaw.owner.call('GET', path('/yaml?version=1'));
    expect(old.bytes.toString('utf8')).toBe(YAML);
    expect((await bylaw.owner.call('GET', path('/yaml'))).bytes.toString('utf8')).toBe(yaml);
  });

  test('someone with access to one client sees and applies to that one, and learns of no other', async () => {
    const [first, second] = await clients();
    const technician = await bylaw.person('technician', second?.id ?? '');
    const seen = await technician.call('GET', path());
    expect(seen.body).toMatchObject({
      clients: 1,
      older: 1,
      may: { manage: false, create: false, apply: true },
    });
    expect(seen.bytes.toString('utf8')).not.toMatch(/society-1\b|Society 1\b|Society 3\b/);
    const candidates = (await technician.call('GET', path('/candidates'))).body;
    expect(candidates.items.map(({ client }: { client: string }) => client)).toEqual([second?.slug]);
    const theirs = { version: 2, clients: [second?.slug], reason: 'Ours' };
    expect((await technician.call('POST', path('/apply'), theirs)).body).toMatchObject({ total: 1 });
    const foreign = await technician.call('POST', path('/apply'), { ...theirs, clients: [first?.slug] });
    const missing = await technician.call('POST', path('/apply'), { ...theirs, clients: ['no-such-client'] });
    expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
    const rows = [{ name: 'New', domains: ['new.example.org'], claudePlan: 'team' }];
    expect((await technician.call('POST', path('/apply'), { ...theirs, clients: [], rows })).status).toBe(
      403,
    );
    expect((await technician.call('PUT', path(), { version: 2, yaml: YAML })).status).toBe(403);
    // An auditor of one client sees its baseline but decides nothing; an auditor of another client sees none.
    const auditor = await bylaw.person('auditor', second?.id ?? '');
    expect((await auditor.call('GET', '/baselines')).body).toMatchObject({ total: 1, shipped: [] });
    const keep = { client: second?.slug, key: 'maxOwners', reason: 'Because' };
    expect((await auditor.call('POST', path('/differences/keep'), keep)).status).toBe(403);
    const apart = await bylaw.client('Apart Guild', { domains: ['apart.example.org'] });
    const outsider = await bylaw.person('auditor', apart.id);
    expect((await outsider.call('GET', '/baselines')).body.items).toEqual([]);
    expect((await outsider.call('GET', path())).status).toBe(404);
  });
});
// Guide: G2.2-24 G2.2-25 G2.2-26
