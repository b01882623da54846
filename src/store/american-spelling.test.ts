import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { activityNumbered } from './activity/search.ts';
import { serverEngine } from './engine/server.ts';
import { unpackRows } from './imports/rows.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeOn } from './open.ts';
import { allTexts } from './personal-accounts/messages.ts';
import { organizationsSeen } from './telemetry/intake.ts';
import { newDatabase } from './testing.ts';

const AT = '2026-11-20T10:00:00.000Z';

const JOURNAL = {
  announcements: [{ on: '2026-09-12', by: 'Mara', about: 'organisation_accounts', recipients: 61 }],
  incidents: [{ id: 'I-1', type: 'unauthorised_access', opened: '2026-10-01' }],
  tenantRestrictionProbe: {
    on: '2026-11-01',
    by: 'Dana: "ownOrganisation"',
    foreignOrganisation: 'refused',
    ownOrganisation: 'allowed',
  },
};

const STATEMENTS: readonly [string, unknown[]][] = [
  [
    `insert into clients (id, slug, name, profile, settings, created_at) values ('anna', 'anna', 'Anna', '{}', '{}', $1)`,
    [AT],
  ],
  [
    `insert into documents (client_id, id, kind, version, value, lines, file, sha256, stored_at, stored_by)
       values ('anna', 'd1', 'journal', 1, $1, $2, 'journal.yaml', 'x', $3, 'Dana')`,
    [JSON.stringify(JOURNAL), JSON.stringify({ 'tenantRestrictionProbe.foreignOrganisation': 12 }), AT],
  ],
  [
    `insert into imports (client_id, id, state, created_by, created_at) values ('anna', 'i1', 'cancelled', 'u1', $1)`,
    [AT],
  ],
  [
    `insert into activity_organisations (client_id, organisation, events, first_at, last_at)
       values ('anna', 'org-9', 3, $1, $1)`,
    [AT],
  ],
  [
    `insert into message_texts (client_id, kind, version, subject, body, written_by, written_by_name, written_at)
       values ('anna', 'first', 1, 'About {organisation}', 'From {organisation}', 'u1', 'Dana', $1)`,
    [AT],
  ],
  [
    `insert into activities (client_id, at, id, seq, received_at, source, surface, type, category, rest)
       values ('anna', $1, 'a1', 1, $1, 'otlp', 'cowork', 'other_organisation', 'other', $2)`,
    [AT, JSON.stringify({ organisation: 'org-9', actor: {}, amounts: {}, detail: {} })],
  ],
];

it('reads what a database kept under British names', async () => {
  const url = await newDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === '049-american-spelling');
  const old = await storeOn(serverEngine(url), { migrations: MIGRATIONS.slice(0, before) });
  await old.asOwner(async (session) => {
    await session.script(`select set_config('bylaw.scope', '*', false)`);
    for (const [statement, values] of STATEMENTS) await session.query(statement, values);
  });
  await old.close();
  const store = await storeOn(serverEngine(url));
  await store.read(['anna'], async (tx) => {
    const document = await tx.selectFrom('documents').select(['value', 'lines']).executeTakeFirstOrThrow();
    expect(document).toEqual({
      value: {
        announcements: [{ on: '2026-09-12', by: 'Mara', about: 'organization_accounts', recipients: 61 }],
        incidents: [{ id: 'I-1', type: 'unauthorized_access', opened: '2026-10-01' }],
        tenantRestrictionProbe: {
          on: '2026-11-01',
          by: 'Dana: "ownOrganisation"',
          foreignOrganization: 'refused',
          ownOrganization: 'allowed',
        },
      },
      lines: { 'tenantRestrictionProbe.foreignOrganization': 12 },
    });
    expect(await tx.selectFrom('imports').select('state').execute()).toEqual([{ state: 'canceled' }]);
    expect(await organizationsSeen(tx, 'anna')).toMatchObject([{ organization: 'org-9' }]);
    expect(await allTexts(tx, 'anna')).toMatchObject([
      { subject: 'About {organization}', body: 'From {organization}' },
    ]);
    expect(await activityNumbered(tx, 'anna', 1)).toMatchObject({
      type: 'other_organization',
      organization: 'org-9',
    });
  });
  await store.close();
});

it('reads packed rows with keys in British spelling, and leaves values alone', () => {
  const rows = [{ row: 1, organisation: 'o1', organisationName: 'Alder', note: '"organisation":' }];
  expect(unpackRows(deflateSync(JSON.stringify(rows)))).toEqual([
    { row: 1, organization: 'o1', organizationName: 'Alder', note: '"organisation":' },
  ]);
});
