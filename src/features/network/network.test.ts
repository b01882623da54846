import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { parse } from 'plist';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { counting } from '../imports/testing/importing.ts';

/** Network controls over HTTP: the check accepts generated files, and finds changes in them. */
const OURS = '7c1f3b60-58a2-4f0e-9a53-2f6d2f0c7e11';
const OTHER = '11111111-58a2-4f0e-9a53-2f6d2f0c7e11';

let bylaw: TestConsole;
let technician: TestPerson;
let slug: string;
beforeAll(async () => {
  bylaw = await testConsole();
  const client = await bylaw.client('Rowan Guild\n"of" <Trees>', { claudePlan: 'enterprise', swg: 'squid' });
  slug = client.slug;
  technician = await bylaw.person('technician', client.id);
});
afterAll(() => bylaw.close());

const show = async (query = `?organization=${OURS}`) =>
  (await technician.call('GET', `/clients/${slug}/network${query}`)).body;
const file = async (way: string, id: string, query = `?organization=${OURS}`) =>
  technician.call('GET', `/clients/${slug}/network/ways/${way}/files/${id}${query}`);
const check = async (name: string, content: string | Uint8Array, query = `&organization=${OURS}`) =>
  bylaw.inject({
    method: 'PUT',
    url: `/api/v1/clients/${slug}/network/check?name=${encodeURIComponent(name)}${query}`,
    headers: {
      cookie: technician.cookie,
      origin: bylaw.services.config.origin,
      'content-type': 'application/octet-stream',
    },
    payload: Buffer.from(content),
  });
const codes = async (content: string | Uint8Array) => {
  const answer = await check('file', content);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return (answer.body.findings as { code: string }[]).map(({ code }) => code);
};
const text = async (way: string, id: string) => (await file(way, id)).bytes.toString('utf8');

describe('what is shown', () => {
  it('asks for the organization instead of inventing it, and makes no file without it', async () => {
    const without = await show('');
    expect(without).toMatchObject({ organizations: [], licensed: { has: 'yes' } });
    expect(without.question).toMatch(/^Enter the ID of the Claude organization in the charter/);
    const squid = without.ways.find(({ id }: { id: string }) => id === 'squid');
    expect(squid).toMatchObject({ headers: null, lack: without.question });
    expect((await file('squid', 'conf', '')).body.message).toMatch(/^squid.conf cannot be made/);
    // A block is not generated unless managed devices can get past it.
    expect((await file('dns_block', 'list', '')).body.message).toMatch(/managed devices get past the block/);
    expect((await file('squid', 'conf', '?organization=rowan')).status).toBe(400);
  });

  it('says on Team that Claude does not follow the header, and what remains', async () => {
    const team = await bylaw.client('Team Guild');
    const shown = (await bylaw.owner.call('GET', `/clients/${team.slug}/network`)).body;
    const way = (found: { ways: { id: string }[] }) =>
      found.ways.find(({ id }) => id === 'defender_cloud_apps');
    // The license in the guide's table includes discovery only; without the full product there is nothing to set up.
    expect(way(shown)).toMatchObject({
      steps: [],
      unlicensed: { has: 'no', words: expect.stringContaining('is not included in what this client has') },
      namedBy: { note: expect.stringContaining('do not sign in through Entra are not seen') },
    });
    const full = await bylaw.client('Suite Guild', { addOns: ['Defender Suite for Business Premium'] });
    const held = way((await bylaw.owner.call('GET', `/clients/${full.slug}/network`)).body);
    expect(held).toMatchObject({ unlicensed: null });
    const steps = (held as unknown as { steps: string[] }).steps.map((step) => step.split(':')[0]);
    expect(new Set(steps)).toEqual(
      new Set([
        'Discovery',
        'Session policy, Entra half',
        'Session policy, Defender half',
        'Session policy',
        'Alerting',
        'Record what you see as a statement on the controls CLA-M365-11 and CLA-VIS-12, with a screenshot of the policies.',
      ]),
    );
    expect(shown.licensed).toMatchObject({ has: 'no', instead: expect.stringContaining('SHA-08') });
  });

  it('fills in the values of a way that is done by clicks', async () => {
    const { ways } = await show();
    const forcepoint = ways.find(({ id }: { id: string }) => id === 'forcepoint');
    expect(forcepoint.files).toEqual([]);
    expect(forcepoint.steps.join(' ')).toContain(`anthropic-allowed-org-ids: ${OURS}`);
  });
});

describe('the files', () => {
  it('hold the header for every host, and the check finds no fault in any of them', async () => {
    const { ways } = await show();
    for (const way of ways.filter(({ kind }: { kind: string }) => !['block', 'test'].includes(kind)))
      for (const { id } of way.files) {
        if (id === 'pac') continue;
        const created = await file(way.id, id);
        expect(created.status, `${way.id} ${id}`).toBe(200);
        const answer = (await check(id, created.bytes)).body;
        expect(answer.headers, `${way.id} ${id}`).toContainEqual({
          name: 'anthropic-allowed-org-ids',
          value: OURS,
        });
        const faults = answer.findings.filter(({ level }: { level: string }) => level === 'fault');
        expect(faults, `${way.id} ${id}`).toEqual([]);
      }
  });

  it('for browsers are what each system takes', async () => {
    const reg = new TextDecoder('utf-16le').decode((await file('edge', 'reg')).bytes);
    expect(reg).toContain('[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Edge]');
    expect(reg).toContain('"HttpHeaderInjection"="[{\\"patterns\\":[\\"claude.ai\\",');
    const profile = parse((await file('chrome', 'mobileconfig')).bytes.toString()) as {
      PayloadContent: { PayloadType: string; HttpHeaderInjection: { patterns: string[] }[] }[];
    };
    expect(profile.PayloadContent[0]).toMatchObject({
      PayloadType: 'com.google.Chrome',
      HttpHeaderInjection: [{ patterns: ['claude.ai', 'claude.com', 'anthropic.com'] }],
    });
    const intune = (await file('edge', 'intune')).body;
    expect(intune.omaSettings[0].value).toContain('key="SOFTWARE\\Policies\\Microsoft\\Edge"');
    // A line break in a client's name does not start a new line.
    expect((await text('squid', 'conf')).split('\n')[0]).toMatch(
      /^# Rowan Guild "of" <Trees>: No charter in force$/,
    );
  });
});

describe('a test from a managed device', () => {
  const record = (own: string, otherKey: string | null, otherValue: string) =>
    technician.call('POST', `/clients/${slug}/network/probes`, {
      place: 'Head office',
      own,
      otherKey,
      otherValue,
    });
  const control = async () =>
    (await technician.call('GET', `/clients/${slug}/controls/CLA-SHA-06`)).body as {
      state: string;
      reason: string;
    };

  it('decides the control by the worst of a day; one that shows nothing decides nothing', async () => {
    expect((await record('allowed', null, 'allowed')).body.shows).toBe('not_shown');
    expect((await control()).state).not.toBe('pass');
    expect((await record('allowed', 'refused', 'allowed')).body.shows).toBe('holds');
    await expect.poll(async () => (await control()).state).toBe('pass');
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 60_000));
    expect((await record('allowed', 'refused', 'refused')).body.shows).toBe('client_decides');
    await expect.poll(async () => (await control()).state).toBe('fail');
    expect(JSON.stringify(await control())).toMatch(/leaves a header that a program sends itself/);
    const [newest] = (await show()).probes;
    expect(newest).toMatchObject({
      place: 'Head office',
      shows: 'client_decides',
      person: expect.any(String),
    });
  });

  it('takes a trial with a free-mail account in the browser, for as long as it counts (G4.4-02)', async () => {
    const other = await bylaw.client('Willow Guild', { claudePlan: 'enterprise', swg: 'squid' });
    const path = (rest: string) => `/clients/${other.slug}${rest}`;
    const trial = (more: object) =>
      bylaw.owner.call('POST', path('/network/probes'), { place: 'Head office, managed laptop', ...more });
    const stateNow = async () => (await bylaw.owner.call('GET', path('/controls/CLA-SHA-06'))).body;
    const refused = { provider: 'gmail.com', own: 'allowed', otherKey: 'refused' };
    expect((await trial({ ...refused, provider: 'willow.example.org' })).status).toBe(400);
    expect((await trial({ ...refused, otherKey: 'unclear' })).body.shows).toBe('not_shown');
    expect((await trial(refused)).body).toMatchObject({
      provider: 'gmail.com',
      app: 'browser',
      shows: 'holds',
    });
    await expect.poll(async () => (await stateNow()).state).toBe('pass');
    // The result does not override what the command's requests have shown for the same place.
    const program = { own: 'allowed', otherKey: 'refused', otherValue: 'refused' };
    expect((await trial(program)).body.shows).toBe('client_decides');
    const began = bylaw.services.clock();
    const days = async (count: number) => {
      const now = new Date(began.getTime() + count * 86_400_000);
      bylaw.setNow(now);
      await bylaw.services.store.write('system', (tx) =>
        tx
          .updateTable('sessions')
          .set({ last_seen_at: now, proved_at: now, expires_at: new Date(now.getTime() + 3_600_000) })
          .execute(),
      );
    };
    await days(1);
    expect((await trial(refused)).body.shows).toBe('holds');
    await expect.poll(async () => (await stateNow()).state).toBe('fail');
    expect((await trial({ ...program, otherValue: 'allowed' })).body.shows).toBe('holds');
    await expect.poll(async () => (await stateNow()).state).toBe('pass');
    await days(92);
    await bylaw.services.verdicts.refresh(other.id);
    expect(await stateNow()).toMatchObject({ state: 'cannot_read' });
    await days(0);
  });

  it('does not count for other organizations than the charter named at the time of the test', async () => {
    const { id, slug: own } = await bylaw.client('Elm Guild', { claudePlan: 'enterprise', swg: 'squid' });
    const charter = (version: number, claudeOrganization: string) =>
      bylaw.services.store.write([id], (tx) =>
        insertDocument(tx, {
          id: randomUUID(),
          clientId: id,
          kind: 'charter',
          version,
          value: { claudeOrganization },
          lines: {},
          file: 'charter.yaml',
          sha256: String(version),
          importId: null,
          basis: 'draft',
          at: bylaw.services.clock(),
          by: bylaw.owner.id,
        }),
      );
    const test = () =>
      bylaw.owner.call('POST', `/clients/${own}/network/probes`, {
        place: 'Head office',
        own: 'allowed',
        otherKey: 'refused',
        otherValue: 'allowed',
      });
    const stateNow = async () =>
      (await bylaw.owner.call('GET', `/clients/${own}/controls/CLA-SHA-06`)).body.state;
    const minute = () => bylaw.setNow(new Date(bylaw.services.clock().getTime() + 60_000));
    await charter(1, OTHER);
    minute();
    expect((await test()).body.shows).toBe('holds');
    await expect.poll(stateNow).toBe('pass');
    minute();
    await charter(2, OURS);
    await bylaw.services.verdicts.refresh(id);
    expect(await stateNow()).toBe('cannot_read');
    minute();
    await test();
    await expect.poll(stateNow).toBe('pass');
  });

  it('proves a block by a test from both sides, each with its place (G4.4-07)', async () => {
    const { id, slug: own } = await bylaw.client('Hazel Guild', { claudePlan: 'team' });
    const allowlistForManagedDevices = 'VLAN of managed devices, by certificate';
    await bylaw.services.store.write([id], (tx) =>
      insertDocument(tx, {
        id: randomUUID(),
        clientId: id,
        kind: 'charter',
        version: 1,
        value: { network: { blockClaude: true, allowlistForManagedDevices } },
        lines: {},
        file: 'charter.yaml',
        sha256: 'x',
        importId: null,
        basis: 'draft',
        at: bylaw.services.clock(),
        by: bylaw.owner.id,
      }),
    );
    await bylaw.services.verdicts.refresh(id);
    const test = async (block: string, outcome: string, place: string) =>
      (await bylaw.owner.call('POST', `/clients/${own}/network/probes`, { place, block, own: outcome })).body
        .shows;
    const stateNow = async () =>
      (await bylaw.owner.call('GET', `/clients/${own}/controls/CLA-SHA-10`)).body.state;
    expect(await test('guest', 'blocked', 'Guest Wi-Fi')).toBe('closed');
    expect(await stateNow()).toBe('cannot_read');
    expect(await test('managed', 'unclear', 'Head office')).toBe('not_shown');
    expect(await stateNow()).toBe('cannot_read');
    expect(await test('managed', 'allowed', 'Head office')).toBe('gets_through');
    await expect.poll(stateNow).toBe('pass');
    expect(await test('guest', 'allowed', 'Guest Wi-Fi of the annex')).toBe('open');
    await expect.poll(stateNow).toBe('fail');
  });

  it('counts as signed by a device only with its key, once, at its time, until it is revoked', async () => {
    const { id, slug: own } = await bylaw.client('Larch Guild', { claudePlan: 'enterprise', swg: 'squid' });
    const path = (rest: string) => `/clients/${own}${rest}`;
    const { owner } = bylaw;
    const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const textOf = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64');
    const laptop = keys();
    const enroll = (name: string, publicKey: string, by = owner) =>
      by.call('POST', path('/network/devices'), { name, publicKey });
    const stranger = generateKeyPairSync('ed25519');
    expect((await enroll('Laptop', 'none')).status).toBe(400);
    expect((await enroll('Laptop', textOf(stranger.publicKey))).status).toBe(400);
    const device = (await enroll('Laptop', textOf(laptop.publicKey))).body;
    expect(device).toMatchObject({ name: 'Laptop', enrolledBy: owner.name, revokedAt: null });
    expect((await enroll('laptop', textOf(keys().publicKey))).status).toBe(422);
    const twice = await enroll('Laptop of another name', textOf(laptop.publicKey));
    expect([twice.status, twice.body.message]).toEqual([422, expect.stringContaining('as “Laptop” already')]);
    // The same point in its two other encodings.
    const spki = laptop.publicKey.export({ format: 'der', type: 'spki' });
    const [x, y] = [spki.subarray(-64, -32), spki.subarray(-32)];
    const odd = (y.at(-1) ?? 0) & 1;
    const short = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
    const forms = [
      Buffer.concat([short, Buffer.of(2 + odd), x]),
      Buffer.concat([spki.subarray(0, -65), Buffer.of(6 + odd), x, y]),
    ];
    for (const form of forms) {
      const answer = await enroll('Laptop in another form', form.toString('base64'));
      expect([answer.status, answer.body.message]).toEqual([422, twice.body.message]);
    }
    const other = keys();
    const second = (await enroll('Desktop', textOf(other.publicKey))).body;

    const now = bylaw.services.clock();
    let nonces = 0;
    const statement = (more: object = {}) => ({
      device: device.id,
      at: now.toISOString(),
      nonce: (nonces++).toString(16).padStart(32, '0'),
      place: 'Head office',
      own: 'allowed',
      otherKey: 'refused',
      otherValue: 'allowed',
      ...more,
    });
    const signed = (said: object, key = laptop.privateKey, dsaEncoding: 'der' | 'ieee-p1363' = 'der') => {
      const bytes = Buffer.from(JSON.stringify(said));
      return {
        statement: bytes.toString('base64'),
        signature: sign('sha256', bytes, { key, dsaEncoding }).toString('base64'),
      };
    };
    const send = (sent: object, to = device.id, headers: Record<string, string> = {}) =>
      bylaw.inject({
        method: 'POST',
        url: `/api/v1${path(`/network/devices/${to}/tests`)}`,
        headers: { cookie: owner.cookie, origin: 'http://127.0.0.1:7700', ...headers },
        payload: sent,
      });
    const stateNow = async () => (await owner.call('GET', path('/controls/CLA-SHA-06'))).body;

    const good = signed(statement());
    const first = await owner.call('POST', path(`/network/devices/${device.id}/tests`), good);
    expect(first.body).toMatchObject({
      shows: 'holds',
      device: { id: device.id, name: 'Laptop', isRevoked: false },
      headerHere: false,
    });
    await expect.poll(async () => (await stateNow()).state).toBe('pass');
    expect(JSON.stringify(await stateNow())).toContain('signed by the device Laptop, which');
    // The authority that inspects TLS is stored with the test, and the control names it.
    bylaw.setNow(new Date(now.getTime() + 30_000));
    const inspected = await send(
      signed(
        statement({
          certificates: [{ host: 'api.anthropic.com', issuer: 'Company authority', isPublic: false }],
        }),
      ),
    );
    expect(inspected.body.certificates).toEqual([
      { host: 'api.anthropic.com', issuer: 'Company authority', isPublic: false },
    ]);
    await expect
      .poll(async () => JSON.stringify(await stateNow()))
      .toContain('TLS was inspected on the way by Company authority');
    expect((await send(signed(statement({ certificates: [{ host: 'x' }] })))).status).toBe(403);
    // Windows writes the signature in IEEE P1363 form. A header that is sent to all hosts is detected here.
    bylaw.setNow(new Date(now.getTime() + 60_000));
    const windows = signed(statement(), laptop.privateKey, 'ieee-p1363');
    const everywhere = await send(windows, device.id, { 'anthropic-allowed-org-ids': 'x' });
    expect(everywhere.body).toMatchObject({ shows: 'holds', headerHere: true });
    await expect
      .poll(async () => JSON.stringify(await stateNow()))
      .toMatch(/also sent to a host that is not Claude’s/);

    const minutes = (count: number) => new Date(now.getTime() + count * 60_000).toISOString();
    const changed = { ...good, statement: signed(statement({ own: 'refused' })).statement };
    const refused = [
      [await send(good), 409],
      [await send(changed), 403],
      [await send(signed(statement(), other.privateKey)), 403],
      // One device's result sent as another's, and one whose statement names another device.
      [await send(signed(statement()), second.id), 403],
      [await send(signed(statement({ device: second.id }))), 403],
      [await send(signed(statement({ at: minutes(-11) }))), 403],
      [await send(signed(statement({ at: minutes(12) }))), 403],
      [await send(signed(statement({ nonce: 'x' }))), 403],
      [await send(signed(statement({ more: true }))), 403],
      [await send(signed(statement()), 'none'), 404],
    ] as const;
    expect(refused.map(([{ status }]) => status)).toEqual(refused.map(([, status]) => status));

    // A test reported by a person does not override one signed by a device.
    expect((await send(signed(statement({ otherKey: 'allowed' })))).body.shows).toBe('lets_in');
    await expect.poll(async () => (await stateNow()).state).toBe('fail');
    bylaw.setNow(new Date(now.getTime() + 86_400_000));
    const later = await bylaw.person('technician', id);
    const said = { place: 'Head office', own: 'allowed', otherKey: 'refused', otherValue: 'allowed' };
    expect((await later.call('POST', path('/network/probes'), said)).body).toMatchObject({ device: null });
    expect((await later.call('GET', path('/controls/CLA-SHA-06'))).body.state).toBe('fail');
    expect((await later.call('GET', path('/network/shadow-ai'))).body.networks).toMatchObject([
      { place: 'Head office', test: { holds: false } },
    ]);
    bylaw.setNow(now);

    const reader = await bylaw.person('auditor', id);
    expect((await reader.call('DELETE', path(`/network/devices/${device.id}`))).status).toBe(403);
    const gone = await owner.call('DELETE', path(`/network/devices/${device.id}`));
    expect(gone.body).toMatchObject({ revokedBy: owner.name });
    const again = await enroll('Laptop', textOf(laptop.publicKey));
    expect([again.status, again.body.message]).toEqual([422, expect.stringContaining('which was revoked')]);
    expect((await send(signed(statement()))).status).toBe(403);
    // A test that shows others getting in still counts, but those in favor of the network do not.
    expect((await owner.call('GET', path('/network'))).body.devices).toHaveLength(2);
    await expect.poll(async () => (await stateNow()).state).toBe('fail');
    const closed = signed(statement({ device: second.id, place: 'Annex' }), other.privateKey);
    await bylaw.services.store.write([id], (tx) =>
      tx.deleteFrom('network_probes').where('client_id', '=', id).execute(),
    );
    expect((await send(closed, second.id)).body.shows).toBe('holds');
    await expect.poll(async () => (await stateNow()).state).toBe('pass');
    await owner.call('DELETE', path(`/network/devices/${second.id}`));
    await expect.poll(async () => (await stateNow()).state).toBe('cannot_read');
  });

  it('is recorded by nobody who may not state what controls rest on', async () => {
    const reader = await bylaw.person('auditor', (await bylaw.owner.call('GET', `/clients/${slug}`)).body.id);
    const answer = await reader.call('POST', `/clients/${slug}/network/probes`, {
      place: 'Head office',
      own: 'allowed',
      otherValue: 'allowed',
    });
    expect(answer.status).toBe(403);
  });
});

describe('a configuration that is checked', () => {
  it('is detected if it was changed', async () => {
    const squid = await text('squid', 'conf');
    const changed = (from: string | RegExp, to: string) => {
      const next = squid.replace(from, to);
      expect(next).not.toBe(squid);
      return codes(next);
    };
    expect(await changed('request_header_access anthropic-allowed-org-ids deny all', '')).toContain(
      'sent_twice',
    );
    expect(await changed('ssl::server_name', 'dstdomain')).toContain('goes_by_host');
    expect(await changed('http_access deny claude_sni !claude_host !CONNECT', '')).toContain(
      'host_not_compared',
    );
    expect(await changed('protocols websocket', 'protocols WebSocket')).toContain('websocket_case');
    expect(await changed(/ \.anthropic\.com/g, '')).toContain('host_missing');
    expect(await changed(`"${OURS}"`, `"${OTHER}"`)).toEqual(
      expect.arrayContaining(['other_organization', 'organization_missing']),
    );
    expect(await changed(`"${OURS}"`, `"${OURS}, ${OTHER}"`)).toContain('blank');
    expect(await changed(`"${OURS}"`, '"<organization id>"')).toContain('placeholder');
    expect(await changed(`"${OURS}"`, `"${OURS};n=2"`)).toContain('continuation_missing');
    expect(
      await changed(
        'request_header_add anthropic-allowed-org-ids',
        'request_header_add anthropic-allowed-orgs',
      ),
    ).toEqual(expect.arrayContaining(['wrong_name', 'no_header']));
    expect(await changed('ssl_bump bump claude_sni', '')).toContain('not_decrypted');
  });

  it('is detected in the other formats', async () => {
    const haproxy = await text('haproxy', 'conf');
    expect(
      await codes(haproxy.replace('set-header', 'add-header').replace(/.*del-header.*\n/, '')),
    ).toContain('sent_twice');
    expect(await codes(haproxy.replace(/.*del-header.*\n/, ''))).toEqual(['continuations_open']);
    const envoy = await text('envoy', 'conf');
    expect(await codes(envoy.replaceAll('OVERWRITE_IF_EXISTS_OR_ADD', 'ADD_IF_ABSENT'))).toContain(
      'client_wins',
    );
    expect(await codes(envoy.replaceAll(/ *append_action: .*\n/g, ''))).toContain('sent_twice');
    const rule = JSON.parse(await text('cloudflare', 'rule'));
    const added = { ...rule, rule_settings: { add_headers: rule.rule_settings.set_headers } };
    expect(await codes(JSON.stringify(added))).toContain('sent_twice');
    expect(await codes(JSON.stringify({ ...rule, action: 'isolate' }))).toContain('wrong_action');
    const policy = await text('edge', 'linux');
    expect(await codes(policy.replace('"claude.ai"', '"*.claude.ai"'))).toEqual(
      expect.arrayContaining(['bad_pattern', 'host_missing']),
    );
    const fortigate = await text('fortigate', 'cli');
    expect(await codes(fortigate.replaceAll('remove-from-request', 'monitor-request'))).toContain(
      'sent_twice',
    );
    expect(await codes(haproxy.replace('mode http', 'mode tcp'))).toContain('http2_unread');
    const first = haproxy.replace(' alpn h2,http/1.1', '');
    expect(await codes(first)).not.toContain('passed_on');
    expect(await codes(first.replace('mode http', 'mode tcp'))).toContain('passed_on');
    expect(await codes(first.replace('  mode http\n', ''))).toContain('passed_on');
    const firstOnly = envoy.replace('stat_prefix: claude', 'codec_type: HTTP1');
    expect(await codes(firstOnly)).toContain('http2_unread');
    const inLines = firstOnly.replace(
      'alpn_protocols: [h2, http/1.1]',
      'alpn_protocols:\n - h2\n - http/1.1',
    );
    expect(await codes(inLines)).toContain('http2_unread');
    expect(await codes(fortigate)).toContain('http2_unsure');
    const inspected = 'config firewall ssl-ssh-profile\n edit x\n set supported-alpn http1-1\n next\nend\n';
    expect(await codes(`${inspected}${fortigate}`)).not.toContain('http2_unsure');
    const palo = await text('palo_alto', 'terraform');
    expect(await codes(palo)).toContain('http2_unsure');
    expect(await codes(`${palo}\nssl_forward_proxy = { strip_alpn = true }\n`)).not.toContain('http2_unsure');
    for (const id of ['terraform', 'api'])
      expect(await codes(await text('zscaler', id))).toEqual(
        expect.arrayContaining(['act_unknown', 'hosts_unknown']),
      );
    const azure = await text('azure_firewall', 'bicep');
    expect((await codes(azure)).toSorted()).toEqual(['act_unknown', 'continuations_open']);
    const closed = azure.replace('terminateTLS: true', 'terminateTLS: false');
    for (const file of [closed, `${closed}\nvar another = { name: 'news', terminateTLS: true }\n`])
      expect(await codes(file)).toContain('not_decrypted');
    const less = azure.replace("'anthropic.com', ", '');
    for (const file of [less, `${less}\nvar another = { targetFqdns: ['anthropic.com'] }\n`])
      expect(await codes(file)).toContain('host_missing');
    const script = await text('mitmproxy', 'script');
    expect(await codes(script)).toEqual([]);
    expect(await codes(script.replace(/ {4}for name in NAMES:\n.*\n/, ''))).toEqual(['continuations_open']);
  });

  it('is refused with a sentence if it is not one, and nothing is kept', async () => {
    for (const content of [
      '',
      'hello',
      '{',
      '{"a":1}',
      '<html></html>',
      'Windows Registry Editor Version 5.00\r\n',
    ]) {
      const answer = await check('x', content);
      expect(answer.status, content).toBe(422);
      expect(answer.body.message).toMatch(/\.$/);
    }
  });
});
// Guide: G4.4-00 G4.4-04 G4.4-05 G4.4-06

describe('shadow AI', () => {
  const picture = async (of: string, person = technician) =>
    (await person.call('GET', `/clients/${of}/network/shadow-ai`)).body;

  it('says that nobody knows without a log, and what remains of each risk of section 4.1', async () => {
    const shown = await picture(slug);
    expect(shown.logs).toMatchObject({ read: false, days: null });
    expect(shown.tools).toEqual([]);
    expect(shown.risks.length).toBeGreaterThan(4);
    for (const { residual, status } of shown.risks) {
      expect(residual).not.toBe('');
      expect(status).not.toBe('covered');
    }
  });

  it('shows tools with people, decisions and places, and who uses Claude elsewhere', async () => {
    const client = await bylaw.client('Hazel Guild', { claudePlan: 'enterprise' });
    const today = Math.floor(bylaw.services.clock().getTime() / 1000);
    const line = (ago: number, url: string, person: string) =>
      `${today - ago * 86_400}.100 12 10.0.0.5 TCP_MISS/200 900 GET ${url} ${person} HIER_DIRECT/198.51.100.7 -`;
    const log = Array.from({ length: 9 }, (_, at) => at + 1).flatMap((ago) => [
      line(ago, `https://claude.ai/api/organizations/${OURS}/projects`, 'avery'),
      line(ago, 'https://chatgpt.com/c/secret', 'avery'),
      line(ago, 'https://app.otter.ai/x', 'kim'),
    ]);
    await counting(bylaw, client.id, [
      {
        name: 'access.log',
        bytes: `${[...log, line(2, `https://claude.ai/api/organizations/${OTHER}/usage`, 'kim')].join('\n')}\n`,
      },
      {
        name: 'charter.yaml',
        bytes: `claudeOrganization: ${OURS}\naiTools:\n  - { tool: Otter, decision: forbidden, reason: It records members }\n  - { tool: botof.example, decision: forbidden, reason: Unknown }\n  - { tool: Old Bot, decision: forbidden, reason: Unknown }\n`,
      },
    ]);
    const shown = await picture(client.slug, bylaw.owner);
    expect(shown.logs).toMatchObject({ read: true, days: 9 });
    expect(shown.claude).toMatchObject({ people: 2, ours: 1, others: 1, names: ['avery', 'kim'] });
    expect(shown.tools).toMatchObject([
      { key: 'chatgpt', decision: 'none', people: 1, days: 9, gotThrough: true, names: ['avery'] },
      { key: 'otter', decision: 'forbidden', reason: 'It records members', kind: 'meeting' },
    ]);
    expect(JSON.stringify(shown)).not.toContain('secret');
    // Tools that the charter forbids can be blocked by a list; those without a known host are named.
    const list = async (id: string) =>
      (
        await bylaw.owner.call('GET', `/clients/${client.slug}/network/ways/tools_block/files/${id}`)
      ).bytes.toString();
    expect((await list('defender')).replaceAll(/,Hazel Guild: [^,]+,/g, ',about,').split('\r\n')).toEqual([
      'indicatorType,indicatorValue,action,title,description,severity,GenerateAlert',
      'DomainName,otter.ai,Block,Otter: forbidden by the charter,about,Informational,True',
      'DomainName,botof.example,Block,botof.example: forbidden by the charter,about,Informational,True',
      '',
    ]);
    expect(await list('list')).toBe('otter.ai\nbotof.example\n');
    const { ways } = (await bylaw.owner.call('GET', `/clients/${client.slug}/network`)).body;
    expect(ways.find(({ id }: { id: string }) => id === 'tools_block').steps.join()).toContain('Old Bot');
    const control = (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-SHA-13`)).body;
    expect(control.reason).toMatch(
      /2 AI tools in use .* ChatGPT \(no one has decided on it\) and Otter \(the charter forbids it\)/,
    );
    // A decision goes through the charter's usual approval, and people without the right to see people see no names.
    const open = (await bylaw.owner.call('GET', `/clients/${client.slug}/charter/open`)).body;
    const put = await bylaw.owner.call('POST', `/clients/${client.slug}/charter/answers`, {
      draft: open.draft?.id ?? null,
      version: open.draft?.version ?? null,
      parts: {
        aiTools: [...open.value.aiTools, { tool: 'ChatGPT', decision: 'tolerated', reason: 'For now' }],
      },
    });
    expect(put.status).toBe(400);
    const auditor = await bylaw.person('auditor', client.id);
    const seen = await picture(client.slug, auditor);
    expect(seen.tools[0].people).toBe(1);
  });
});
// Guide: G4.4-02 G4.4-03
