import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { clientTable, inForce, upload, YAML } from './testing.ts';

/** Writing templates and reading tables of clients. */

describe('a baseline', () => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  const create = (yaml: string) => bylaw.owner.call('POST', '/baselines', { yaml });

  test('that comes with Bylaw is copied, and the copy can be told apart from the original', async () => {
    const { shipped } = (await bylaw.owner.call('GET', '/baselines')).body;
    expect(shipped.map(({ name }: { name: string }) => name)).toEqual([
      'Enterprise on E5',
      'Team on Business Basic or Standard',
      'Team on Business Premium',
    ]);
    const made = await bylaw.owner.call('POST', '/baselines', {
      shipped: 'enterprise_e5',
      name: 'Our "E5": all',
    });
    expect(made.body).toMatchObject({
      name: 'Our "E5": all',
      shipped: { name: 'Enterprise on E5', newer: false },
    });
    expect(made.body.states).toContainEqual({
      what: 'Other Claude organizations are refused',
      value: 'Yes',
      connector: null,
    });
    expect(
      (await bylaw.owner.call('POST', '/baselines', { shipped: 'enterprise_e5', name: 'our "e5": ALL' }))
        .status,
    ).toBe(422);
    const retired = await bylaw.owner.call('POST', `/baselines/${made.body.id}/retire`, {
      reason: 'Too strict',
    });
    expect(retired.body).toMatchObject({ retired: 'Too strict' });
    const client = await bylaw.client();
    const apply = { version: 1, clients: [client.slug], reason: 'All the same' };
    expect((await bylaw.owner.call('POST', `/baselines/${made.body.id}/apply`, apply)).status).toBe(422);
    expect(
      (await bylaw.owner.call('POST', `/baselines/${made.body.id}/restore`, {})).body.retired,
    ).toBeNull();
  });

  test.each([
    [
      'accountOwner: "{owner}"',
      'accountOwner: "{boss}"',
      /^Line 6: “\{boss\}” in `charter\.accountOwner` is not a placeholder/,
    ],
    ['accountOwner: "{owner}"', 'accountOwner: {owner}', /without quotation marks/],
    [
      'maxOwners: 2',
      'maxOwnrs: 2',
      /^Line 7: “maxOwnrs” is not a key of `charter`\. The closest one is “maxOwners”/,
    ],
    ['maxOwners: 2', 'policy: { version: v1 }', /was decided or done at one client/],
    ['task: owner_named', 'task: make_coffee', /The deployment has no task “make_coffee”/],
    ['claudePlans: [team]', 'claudePlans: [max]', /must be free_pro, team or enterprise/],
  ])('is refused with its place: %s as %s', async (from, to, says) => {
    const answer = await create(YAML.replace(from, to));
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(says);
  });

  test('is changed part by part, and what is not given stays as it was written', async () => {
    const { body } = await create(YAML.replace('Kestrel standard', 'In parts'));
    expect(body.parts).toMatchObject({
      client: { timezone: 'America/New_York', swg: null },
      deployment: [{ task: 'owner_named', by: 'client', owner: '{owner}', dueDays: 3 }, { by: 'msp' }],
      texts: [{ id: 'welcome', text: 'Dear {name}, at {domain}.' }],
    });
    const change = (given: object) =>
      bylaw.owner.call('PUT', `/baselines/${body.id}`, { version: 1, ...given });
    const refused = await change({ parts: { deployment: [{ task: 'make_coffee', by: 'msp' }] } });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toMatch(/The deployment has no task “make_coffee”/);
    expect((await change({ yaml: YAML, parts: { name: 'Both' } })).status).toBe(400);
    const changed = await change({
      charter: { maxOwners: null },
      parts: { deployment: [{ task: 'domain_verified', by: 'client', dueDays: 9 }] },
    });
    expect(changed.body).toMatchObject({
      name: 'In parts',
      version: 2,
      charter: { accountOwner: '{owner}', localMcpAllowed: false },
      parts: { ...body.parts, deployment: [{ task: 'domain_verified', by: 'client', dueDays: 9 }] },
    });
    expect(changed.body.charter.maxOwners).toBeUndefined();
    expect(changed.body.tasks[0]).toMatchObject({ task: 'owner_named' });
  });

  test('leaves out what a client has nothing for, and says so', async () => {
    const { body } = await create(YAML);
    const client = await bylaw.client('Ownerless', { domains: ['ownerless.example.org'] });
    const preview = await bylaw.owner.call('POST', `/baselines/${body.id}/preview`, {
      clients: [client.slug],
    });
    expect(preview.body.items[0].leftOut).toEqual([
      'charter.accountOwner ({owner})',
      'deployment.0.owner ({owner})',
    ]);
    expect(preview.body.items[0].charter.changes.map(({ what }: { what: string }) => what)).not.toContain(
      'Account owner',
    );
  });
});

describe('a table of clients', () => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());

  test('shows each mistake by row and column', async () => {
    const { body } = await upload(
      bylaw,
      bylaw.owner,
      [
        'Client,Domain,Plan,M365,Headcount,Account owner',
        'Good Guild,good.example.org,Claude Team,Microsoft 365 E3,"1,204",Pat <pat@good.example.org>',
        ',nameless.example.org,Team,,,',
        'No Domain,,Team,,,',
        'Bad Domain,not a domain,Team,,,',
        'Bad Plan,plan.example.org,Max,,,',
        'Bad License,license.example.org,Team,Office 97,,',
        'Bad Staff,staff.example.org,Team,,many,',
        'Bad Owner,owner.example.org,Team,,,nobody',
        'good guild,other.example.org,Team,,,',
        'Same Domain,good.example.org,Team,,,',
      ].join('\n'),
    );
    expect(body.rows[0]).toEqual({
      row: 2,
      name: 'Good Guild',
      domains: ['good.example.org'],
      claudePlan: 'team',
      m365: 'e3',
      staffCount: 1204,
      owner: 'pat@good.example.org',
    });
    expect(body.problems.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
      [3, 'Name'],
      [4, 'Domains'],
      [5, 'Domains'],
      [6, 'Claude plan'],
      [7, 'Microsoft license'],
      [8, 'Staff'],
      [9, 'Owner'],
      [10, 'Name'],
      [11, 'Domains'],
    ]);
    expect(body.problems[3].says).toBe(
      '“Max” is not a Claude plan. The plans are Team, Enterprise, and Free or Pro.',
    );
  });

  test('takes hostile names for what they are: text', async () => {
    const { body: baseline } = await bylaw.owner.call('POST', '/baselines', { yaml: YAML });
    const names = [
      '=HYPERLINK("https://evil.example";"Click")',
      '<img src=x onerror=alert(1)>',
      'Robert{owner}',
    ];
    const table = await upload(
      bylaw,
      bylaw.owner,
      [
        'Name,Domains,Claude plan',
        ...names.map((name, at) => `"${name.replaceAll('"', '""')}",h${at}.example.org,Team`),
      ].join('\n'),
    );
    expect(table.body.rows.map(({ name }: { name: string }) => name)).toEqual(names);
    const done = await bylaw.owner.call('POST', `/baselines/${baseline.id}/apply`, {
      version: 1,
      rows: table.body.rows,
      reason: '=1+1',
    });
    expect(done.body).toMatchObject({ created: 3 });
    const shown = (await bylaw.owner.call('GET', `/baselines/${baseline.id}`)).body;
    // A name is inserted once; what looks like a placeholder in it is not filled.
    expect(shown.items.map(({ texts }: { texts: { text: string }[] }) => texts[0]?.text)).toContain(
      'Dear Robert{owner}, at h2.example.org.',
    );
    for (const { client } of done.body.applied) {
      const { id } = (await bylaw.owner.call('GET', `/clients/${client}`)).body;
      await inForce(bylaw, id, { maxOwners: 9 });
    }
    const file = await bylaw.owner.call('GET', `/baselines/${baseline.id}/differences/export?format=csv`);
    const text = file.bytes.toString('utf8');
    expect(text).toContain(`'=HYPERLINK`);
    expect(text).not.toMatch(/(^|[,;\n"])=HYPERLINK/);
  });

  test.each([
    ['', /empty/],
    ['just a sentence', /no heading|no column|no table/],
    ['Name,Plan\nA,Team', /no column “Domains”/],
    ['Name,Domains,Claude plan\n', /lists no client/],
    ['%PDF-1.7', /This is a PDF/],
  ])('refuses %j in a sentence', async (text, says) => {
    const answer = await upload(bylaw, bylaw.owner, text);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.message).toMatch(says);
  });

  test('is read by whoever may add clients and by nobody else', async () => {
    const client = await bylaw.client('Elsewhere', { domains: ['elsewhere.example.org'] });
    const technician = await bylaw.person('technician', client.id);
    expect((await upload(bylaw, technician, clientTable(1))).status).toBe(403);
  });
});
// Guide: G2.2-24 G2.2-25 G2.2-26
