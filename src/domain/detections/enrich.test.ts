import { describe, expect, it } from 'vitest';
import { anActivity } from '../activity/testing.ts';
import { charterSchema } from '../model/charter.ts';
import { profileSchema } from '../model/profile.ts';
import { CATALOGUE } from '../rules/connectors/testing/catalogue.ts';
import { enricher } from './enrich.ts';
import { NOT_STATED, rosterBook } from './in-force.ts';

const profile = profileSchema.parse({ name: 'Alder', domains: ['example.org'], claudePlan: 'team' });
const dated = (from: string, charter: object) => ({
  from: `${from}T12:00:00.000Z`,
  value: charterSchema.parse(charter),
});
const ASK = { connectors: [{ name: 'Microsoft 365', actions: { '*': 'ask' } }] };
const NONE = { connectors: [] };
const enrich = enricher(
  {
    settings: [
      { from: '1970-01-01T00:00:00.000Z', value: profile },
      { from: '2026-08-01T12:00:00.000Z', value: { ...profile, domains: ['example.com'] } },
    ],
    charters: [
      dated('2026-03-01', ASK),
      dated('2026-05-01', {
        connectors: [{ name: 'Microsoft 365', actions: { '*': 'allow' } }],
        invariantExceptions: [
          { connector: 'Microsoft 365', action: '*', until: '2026-05-31', reason: 'A trial.' },
        ],
      }),
      dated('2026-07-01', NONE),
    ],
    roster: rosterBook([
      { day: '2026-03-10', people: { 'a@example.org': null, 'b@example.org': null } },
      { day: '2026-04-01', people: { 'a@example.org': '2026-04-05' } },
      { day: '2026-04-20', people: null },
      {
        day: '2026-05-01',
        people: { 'a@example.org': '2026-04-05', 'b@example.org': null, 'c@example.org': NOT_STATED },
      },
    ]),
  },
  { connectors: CATALOGUE.connectors ?? [] },
  (at) => at.slice(0, 10),
);
const on = (day: string, change: Parameters<typeof anActivity>[0] = {}) =>
  enrich(anActivity({ at: `${day}T13:00:00.000Z`, person: 'a@example.org', ...change }));

describe('what kind of system a connector reaches', () => {
  const category = (connectorName: string, tool: string | null) =>
    on('2026-03-10', { connectorName, tool }).connector_category;

  it('is known by the tool if one name covers several systems, and is all of them otherwise', () => {
    expect(category('claude.ai Microsoft 365', 'outlook_send_mail')).toBe('mail');
    expect(category('Microsoft 365', 'sharepoint_search')).toBe('files');
    expect(category('Microsoft 365', 'read_resource')).toEqual(expect.arrayContaining(['files', 'mail']));
    expect(category('Asana', null)).toBe('project');
    expect(category('No one knows it', 'read_resource')).toBeNull();
  });
});

describe('the charter', () => {
  it.each([
    ['2026-02-28', null, null],
    ['2026-03-01', true, 'ask'],
    ['2026-05-01', true, 'allow'],
    ['2026-05-31', true, 'allow'],
    ['2026-06-01', true, 'blocked'],
    ['2026-07-01', false, 'blocked'],
  ])('in force on %s decides', (day, in_charter, charter_state) => {
    expect(on(day)).toMatchObject({ in_charter, charter_state });
  });

  it('takes effect at its instant, not earlier on that day', () => {
    expect(enrich(anActivity({ at: '2026-03-01T11:59:59.999Z' })).in_charter).toBeNull();
  });

  it('knows a connector by each name that clients send, and nothing about one without a name', () => {
    for (const connectorName of ['claude.ai Microsoft 365', 'claude_ai_Microsoft_365', 'microsoft_365'])
      expect(on('2026-03-02', { connectorName })).toMatchObject({ in_charter: true, charter_state: 'ask' });
    const withheld = { connector: 'unnamed', connectorName: null };
    expect(on('2026-03-02', withheld)).toMatchObject({ in_charter: null, charter_state: null });
  });

  it('says nothing about invitations sent before there was a charter', () => {
    const invite = (day: string, invited_email: string) =>
      on(day, { type: 'org_user_invite_sent', detail: { invited_email } }).invited_own_domain;
    expect(invite('2026-02-01', 'x@example.org')).toBe(true);
    expect(invite('2026-02-01', 'x@mail.example')).toBeNull();
    expect(invite('2026-03-02', 'x@mail.example')).toBe(false);
  });
});

describe('the roster', () => {
  it.each([
    ['2026-03-09', 'a', null],
    ['2026-03-10', 'a', 'staff'],
    ['2026-03-31', 'b', 'staff'],
    ['2026-04-01', 'b', 'not_on_roster'],
    ['2026-04-05', 'a', 'staff'],
    ['2026-04-06', 'a', 'former'],
    ['2026-04-20', 'a', null],
    ['2026-05-01', 'b', 'staff'],
    ['2026-05-01', 'c', null],
    ['2026-05-31', 'b', 'staff'],
    ['2026-06-01', 'b', null],
  ])('newest on %s gives the status of %s', (day, who, state) => {
    expect(on(day, { person: `${who}@example.org` }).person_state).toBe(state);
  });
});

describe('the client’s own domains', () => {
  it.each([
    ['2026-07-31', true, false],
    ['2026-08-01', false, true],
  ])('as of %s decide whose an address is', (day, org, com) => {
    expect(on(day).own_domain).toBe(org);
    expect(on(day, { person: 'a@example.com' }).own_domain).toBe(com);
    const invite = on(day, { type: 'org_user_invite_sent', detail: { invited_email: 'x@example.com' } });
    expect(invite.invited_own_domain).toBe(com);
  });
});
