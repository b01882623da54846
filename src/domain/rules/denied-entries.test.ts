import { describe, expect, it } from 'vitest';
import { countedJournal } from '../decide/counted.ts';
import type { Journal } from '../model/journal.ts';
import { type Given, reading, runRule } from '../testing/build.ts';
import { attested } from './attested.ts';
import { beforeFirstInvitation } from './operations/before-first-invitation.ts';
import { discoveryReviewed, networkBlockProbe } from './personal-accounts/probes.ts';
import { employmentClause } from './policy/employment-clause.ts';
import { publishedFirst } from './policy/published-first.ts';
import { contentAccess } from './visibility/content-access.ts';
import { exportsExpected } from './visibility/exports-expected.ts';
import { event, feed } from './visibility/testing.ts';

const by = 'Dana Whitlock';
const template = { claude_since: { day: '2023-03-01', source: {} } };
const catalogue = { policyTemplate: template } as unknown as NonNullable<Given['catalogue']>;

it.each([
  ['Nothing new', 'pass'],
  [undefined, 'pass'],
  ['Postponed', 'cannot_read'],
  ['Not done, planned for December', 'cannot_read'],
  ['Could not open the portal', 'cannot_read'],
])('reads a review of AI tools with the note “%s” as %s', (note, state) =>
  expect(
    runRule(discoveryReviewed, { days: 90 }, { journal: { discoveryReview: { on: '2026-11-03', by, note } } })
      .state,
  ).toBe(state),
);

it.each([
  ['VLAN 20, by device certificate', 'pass'],
  ['Not configured', 'cannot_read'],
  ['No allowlist', 'cannot_read'],
  ['To follow in January', 'cannot_read'],
])('reads “%s” as the allowlist as %s', (allowlistForManagedDevices, state) =>
  expect(
    runRule(
      networkBlockProbe,
      { days: 90 },
      {
        charter: { network: { blockClaude: true, allowlistForManagedDevices } },
        journal: {
          networkBlockProbe: { on: '2026-11-03', by, guestNetwork: 'blocked', managedDevice: 'allowed' },
        },
      },
    ).state,
  ).toBe(state),
);

it('keeps an approval for a while, and not a lockdown of a part', () => {
  const note = 'Only for the pilot group, until January';
  const of = (key: string, entry: object) =>
    countedJournal(
      {
        value: { [key]: entry } as Journal,
        file: 'journal.yaml',
        sha256: '',
        storedOn: '2026-11-24',
      } as never,
      { typed: false, signer: () => ({ is: 'works_here' }) as never, hasRole: () => true },
    ).uncounted.map(({ key }) => key);
  expect(of('lockdown', { on: '2026-11-03', by, note })).toEqual(['lockdown']);
  expect(of('approvedExports', [{ on: '2026-11-03', by, note, reason: 'Archive' }])).toEqual([]);
});

it.each([
  ['Annual report', 'pass'],
  ['Denied', 'fail'],
  ['Not approved', 'fail'],
])('reads an export approved with the reason “%s” as %s', (reason, state) => {
  const done = event(
    'org_members_exported',
    '2026-11-05T15:00:00Z',
    {},
    { actorEmail: 'kim@alder.example.org' },
  );
  expect(
    runRule(
      exportsExpected,
      { days: 1 },
      {
        journal: {
          approvedExports: [{ on: '2026-11-05', by, reason, email: 'kim@alder.example.org', of: 'members' }],
        },
        readings: feed(done),
      },
    ).state,
  ).toBe(state);
});

describe('who approved the policy', () => {
  const roster = [
    reading('roster', [
      { name: 'Dana Whitlock', status: 'active' },
      { name: 'Pete Yamada', status: 'left', endsOn: '2026-06-15' },
      { name: 'Noa Katz', status: 'active', startsOn: '2026-10-01' },
    ]),
  ];
  it.each([
    ['Dana Whitlock', 'pass'],
    ['Board of Directors', 'pass'],
    ['Pete Yamada', 'cannot_read'],
    ['Noa Katz', 'cannot_read'],
    ['Rejected by the board', 'cannot_read'],
    ['Counsel declined', 'cannot_read'],
  ])('%s: %s', (approvedBy, state) =>
    expect(
      runRule(
        publishedFirst,
        {},
        {
          charter: { policy: { version: '1', published: '2026-09-12', approvedBy } },
          journal: { firstInvitation: '2026-09-15' },
          readings: { roster },
        },
      ).state,
    ).toBe(state),
  );
});

it('does not count an approver of opening content who has not begun work', () =>
  expect(
    runRule(
      contentAccess,
      { approvers: 2 },
      {
        charter: { contentAccess: { allowed: true, approvers: ['Dana Whitlock', 'Noa Katz'] } },
        readings: {
          roster: [
            reading('roster', [
              { name: 'Dana Whitlock', status: 'active' },
              { name: 'Noa Katz', status: 'active', startsOn: '2027-01-04' },
            ]),
          ],
        },
      },
    ),
  ).toMatchObject({ state: 'fail', reason: expect.stringContaining('Noa Katz has not begun work here') }));

it('asks about a clause on AI tools that is older than Claude', () => {
  const since = (employmentAgreementClause: string) =>
    runRule(
      employmentClause,
      {},
      {
        catalogue,
        charter: { policy: { version: '1', published: '2026-09-12', employmentAgreementClause } },
      },
    ).state;
  expect([since('1999-01-01'), since('2026-09-01')]).toEqual(['cannot_read', 'pass']);
});

describe('steps before the first invitation', () => {
  const inventory = { on: '2026-09-09', by };
  const announcement = { on: '2026-09-12', by, about: 'organization_accounts', recipients: 12 };
  const decide = (more: object = {}, actionsClassified = '2026-09-10') =>
    runRule(
      beforeFirstInvitation,
      {},
      {
        catalogue,
        charter: {
          policy: { version: '1', published: '2026-09-12' },
          connectors: [{ name: 'Asana', actions: {}, actionsClassified }],
        },
        journal: {
          firstInvitation: '2026-09-15',
          connectorInventory: inventory,
          lockdown: { on: '2026-09-14', by },
          announcements: [announcement],
          ...more,
        },
      },
    ).state;
  it('pass if all are dated', () => expect(decide()).toBe('pass'));
  it.each([
    ['an announcement to no one', { announcements: [{ ...announcement, recipients: 0 }] }],
    ['a lockdown that its note calls planned', { lockdown: { on: '2026-09-14', by, note: 'Planned' } }],
    ['an inventory from before Claude', { connectorInventory: { on: '2016-09-09', by } }],
  ])('cannot be read with %s', (_, more) => expect(decide(more)).toBe('cannot_read'));
  it.each([
    'Gmail will be removed next week',
    'Kim was asked to remove Slack',
    'Should be gone',
    'Removed, but Slack was enabled again for the congress',
    'Wird nächste Woche abgeschaltet',
  ])('cannot be read with a lockdown that notes “%s”', (note) =>
    expect(decide({ lockdown: { on: '2026-09-14', by, note } })).toBe('cannot_read'),
  );
  it('cannot be read with a classification from before Claude', () =>
    expect(decide({}, '2019-01-01')).toBe('cannot_read'));
});

it('does not count a statement whose note says that no one looked', () => {
  const holds = (note: string) =>
    runRule(
      attested,
      { look: 'Look', days: 90 },
      { attestations: [{ control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', note }] },
    ).state;
  expect(holds('Invite links: none active, no errors')).toBe('pass');
  // What is not configured may be what has to be, so a person is asked.
  expect(holds('Invite links: not configured')).toBe('cannot_read');
  expect(holds('Could not open the page, should be fine')).toBe('cannot_read');
  expect(holds('Not verified yet')).toBe('cannot_read');
});
