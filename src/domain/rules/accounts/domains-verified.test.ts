import { describe, expect, it } from 'vitest';
import type { DnsRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { attested } from '../attested.ts';
import { domainsInDns, domainsInEvents } from './domains-verified.ts';
import { keys } from './fixtures.ts';

const TWO = { domains: ['alder.example.org', 'alder.example.com'] };
const good = 'anthropic-domain-verification-k3v9=abc';
const dns = (rows: readonly Partial<DnsRow>[], observedOn = '2026-11-23', file = `dns-${observedOn}.txt`) =>
  reading('dns', rows, { observedOn, file });
const run = (parts: Given, days = 30) => runRule(domainsInDns, { days }, parts, { freshDays: days });
const one = (row: Partial<DnsRow>) =>
  run({ readings: { dns: [dns([{ domain: 'alder.example.org', ...row }])] } });

describe('domains in DNS', () => {
  it.each([
    'anthropic-domain-verification-XXXXXX=<your-token-here>',
    'anthropic-domain-verification-...',
    'anthropic-domain-verification-k3v9=TBD',
    'anthropic-domain-verification-{{id}}={{token}}',
    'anthropic-domain-verification-k3v9=your_token_here',
    'anthropic-domain-verification-k3v9=abc...',
  ])('take no placeholder for the record: %s', (text) => {
    expect(one({ txt: ['v=spf1 -all', text] })).toMatchObject({ state: 'fail' });
  });

  it('passes with the record at each domain, and says that it blocks nobody', () => {
    const o = run({
      profile: TWO,
      readings: {
        dns: [
          dns([
            { domain: 'Alder.Example.org.', txt: ['v=spf1 -all', good] },
            { domain: 'alder.example.com', txt: [`"${good}"`] },
          ]),
        ],
      },
    });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('all 2 domains');
    expect(o.reason).toContain('On its own, it does not keep anyone from');
    expect(o.reason).toContain('not known');
  });
  it('shows how many accounts exist outside, with the day', () => {
    const o = run({
      readings: {
        dns: [dns([{ domain: 'alder.example.org', txt: [good] }])],
        domain_memberships: [
          reading('domain_memberships', [{ email: 'a@alder.example.org', inWorkspace: false }], {
            observedOn: '2026-11-02',
          }),
        ],
      },
    });
    expect(o.reason).toContain('report of Nov 2, 2026: 1;');
  });
  it('shows it with a verification from events and with one that someone states', () => {
    const memberships = reading(
      'domain_memberships',
      [{ email: 'a@alder.example.org', inWorkspace: false }],
      {
        observedOn: '2026-11-02',
      },
    );
    const reported = runRule(
      domainsInEvents,
      {},
      {
        profile: { claudePlan: 'enterprise' },
        readings: {
          domain_memberships: [memberships],
          activities: [
            reading(
              'activities',
              [
                {
                  at: '2026-11-01T09:00:00Z',
                  type: 'org_domain_verified',
                  detail: { domain: 'alder.example.org' },
                },
              ],
              { observedOn: '2026-11-23', covers: { from: '2026-10-01', to: '2026-11-23' } },
            ),
          ],
        },
      },
    );
    expect([reported.state, reported.reason]).toEqual([
      'pass',
      expect.stringContaining('report of Nov 2, 2026: 1;'),
    ]);
    const statement = { control: 'CLA-ACC-01', by: 'Mara', seen: '2026-11-20', holds: true };
    const stated = (beside: object) =>
      runRule(
        attested,
        { look: 'Look.', days: 90, ...beside },
        { attestations: [statement], readings: { domain_memberships: [memberships] } },
      );
    expect(stated({ beside: 'existing_accounts' }).reason).toContain('report of Nov 2, 2026: 1;');
    expect(stated({}).reason).not.toContain('outside the workspace');
  });
  it.each([
    { outcome: 'nxdomain' as const },
    { outcome: 'no_record' as const },
    { outcome: 'answer' as const, txt: [] },
    { outcome: 'answer' as const, txt: ['v=spf1 -all'] },
    { outcome: 'answer' as const, txt: ['anthropic-domain-verification-'] },
    { outcome: 'answer' as const, txt: ['Anthropic-Domain-Verification-x=1'] },
    { outcome: 'answer' as const, txt: [`note: ${good}`] },
  ])('fails for %o', (row) => {
    const o = one(row);
    expect(o.state).toBe('fail');
    expect(keys(o)).toEqual(['alder.example.org']);
  });
  it.each(['servfail', 'timeout', 'refused'] as const)(
    'cannot read a look-up that ended with %s',
    (outcome) => {
      expect(one({ outcome }).state).toBe('cannot_read');
    },
  );
  it('needs an answer for every domain', () => {
    const o = run({ profile: TWO, readings: { dns: [dns([{ domain: 'alder.example.org', txt: [good] }])] } });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('alder.example.com was not looked up');
    expect(run({}).state).toBe('cannot_read');
  });
  it('fails for the domain that is known to lack the record, and names the unknown one', () => {
    const o = run({ profile: TWO, readings: { dns: [dns([{ domain: 'alder.example.org', txt: [] }])] } });
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('alder.example.com was not looked up');
  });
  it('does not take a record at another name for ours', () => {
    expect(run({ readings: { dns: [dns([{ domain: 'www.alder.example.org', txt: [good] }])] } }).state).toBe(
      'cannot_read',
    );
  });
  it('keeps the newest answer of each domain, whichever file it is in', () => {
    const older = dns([{ domain: 'alder.example.com', txt: [good] }], '2026-11-10');
    const newer = dns([{ domain: 'alder.example.org', txt: [good] }], '2026-11-23');
    expect(run({ profile: TWO, readings: { dns: [newer, older] } }).state).toBe('pass');
    const gone = dns([{ domain: 'alder.example.org', outcome: 'no_record' }], '2026-11-24');
    expect(run({ readings: { dns: [gone, newer] } }).state).toBe('fail');
  });
  it('does not count an old answer, or one from the future', () => {
    expect(
      run({ readings: { dns: [dns([{ domain: 'alder.example.org', txt: [good] }], '2026-10-01')] } }).reason,
    ).toContain('54 days old');
    expect(
      run({ readings: { dns: [dns([{ domain: 'alder.example.org', txt: [good] }], '2026-12-01')] } }).state,
    ).toBe('cannot_read');
  });
  it('lets two different answers of one day cancel each other', () => {
    const yes = dns([{ domain: 'alder.example.org', txt: [good] }], '2026-11-23', 'a');
    const no = dns([{ domain: 'alder.example.org', txt: [] }], '2026-11-23', 'b');
    for (const list of [
      [yes, no],
      [no, yes],
    ])
      expect(run({ readings: { dns: list } }).state).toBe('cannot_read');
  });
  it('does not pass if servers show different values of the record', () => {
    const at = (txt: string[], file: string) =>
      dns([{ domain: 'alder.example.org', txt }], '2026-11-23', file);
    const other = 'anthropic-domain-verification-someone=else';
    expect(run({ readings: { dns: [at([good], 'a'), at([other], 'b')] } }).state).toBe('cannot_read');
    expect(run({ readings: { dns: [at([good], 'a'), at([other, good], 'b')] } }).state).toBe('pass');
  });
  it('prefers an answer to a failed lookup of the same day', () => {
    const failed = dns([{ domain: 'alder.example.org', outcome: 'timeout' }], '2026-11-23', 'b');
    const yes = dns([{ domain: 'alder.example.org', txt: [good] }], '2026-11-23', 'a');
    expect(run({ readings: { dns: [yes, failed] } }).state).toBe('pass');
  });
});

describe('domains in events', () => {
  const events = (
    rows: readonly { type: string; at: string; detail?: Record<string, unknown> }[],
  ): Given => ({
    profile: { ...TWO, claudePlan: 'enterprise' },
    readings: {
      activities: [
        reading('activities', rows, {
          observedOn: '2026-11-20',
          covers: { from: '2026-09-01', to: '2026-11-20' },
        }),
      ],
    },
  });
  const v = (domain: string | null, day: string, type = 'org_domain_verified') => ({
    type,
    at: `${day}T10:00:00Z`,
    detail: domain ? { domain } : {},
  });
  const decide = (parts: Given) => runRule(domainsInEvents, {}, parts);
  const both = [v('alder.example.org', '2026-10-01'), v('alder.example.com', '2026-10-02')];
  it('passes when every domain was verified and none removed since', () => {
    expect(decide(events(both)).state).toBe('pass');
  });
  it('fails for a later removal, and passes when verified again', () => {
    const removed = [...both, v('alder.example.com', '2026-11-01', 'org_domain_removed')];
    expect(keys(decide(events(removed)))).toEqual(['alder.example.com']);
    expect(decide(events([...removed, v('alder.example.com', '2026-11-02')])).state).toBe('pass');
  });
  it('dates a removal in the client’s time zone', () => {
    const evening = { ...v('alder.example.com', '', 'org_domain_removed'), at: '2026-11-02T02:00:00Z' };
    expect(decide(events([...both, evening])).reason).toContain('alder.example.com on Nov 1, 2026');
  });
  it('cannot tell which domain an event without a name is about', () => {
    expect(decide(events([v(null, '2026-10-01'), v(null, '2026-10-02')])).state).toBe('cannot_read');
    expect(decide(events([...both, v(null, '2026-11-01', 'org_domain_removed')])).state).toBe('cannot_read');
  });
  it('does not take silence for an answer', () => {
    expect(decide(events([v('alder.example.org', '2026-10-01')])).state).toBe('cannot_read');
    expect(decide({ profile: { claudePlan: 'enterprise' } }).state).toBe('cannot_read');
    expect(decide({}).reason).toContain('Team');
  });
});
// Guide: G1.1-05 G2.2-03 G2.2-04 G2.2-06 G4.2-01 GA-03 GB-02
