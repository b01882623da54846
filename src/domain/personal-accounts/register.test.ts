import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextFor, EvaluationState } from '../decide/context.ts';
import type { Control } from '../model/catalogue.ts';
import type { DomainMembershipRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { accountsClosed } from '../rules/personal-accounts/accounts-closed.ts';
import { accountsContacted } from '../rules/personal-accounts/accounts-contacted.ts';
import { accountRegister } from '../rules/personal-accounts/register.ts';
import { type Given, given, reading, runRule } from '../testing/build.ts';
import { cases } from '../testing/cases.ts';
import { differenceOf } from './difference.ts';
import type { AccountStep, StepDetail } from './steps.ts';
import { fillText, placeholdersOf, unknownPlaceholders } from './texts.ts';

const DOMAIN = 'alder.example.org';
const inside = { email: `dana@${DOMAIN}`, inWorkspace: true, plan: 'team' as const };
const free = (name: string, more: Partial<DomainMembershipRow> = {}) => ({
  email: name.includes('@') ? name : `${name}@${DOMAIN}`,
  inWorkspace: false,
  plan: 'free' as const,
  ...more,
});
const report = (
  observedOn: string,
  rows: readonly Partial<DomainMembershipRow>[],
  more: Partial<Reading<'domain_memberships'>> = {},
) =>
  reading('domain_memberships', [inside, ...rows], {
    observedOn,
    file: `report-${observedOn}.csv`,
    sha256: `sha of ${observedOn} ${more.file ?? ''}`,
    ...more,
  });
let seq = 0;
const step = (account: string, day: string, detail: StepDetail): AccountStep => ({
  ...detail,
  account: account.includes('@') ? account : `${account}@${DOMAIN}`,
  seq: ++seq,
  at: `${day}T12:00:00Z`,
  day,
  by: 'Hana Reyes',
  made: detail.kind === 'contacted' && detail.how === 'mail' ? 'bylaw' : 'person',
  note: null,
});
const wrote = (account: string, day: string) =>
  step(account, day, { kind: 'contacted', message: 'first', how: 'mail' });

function registerOf(
  reports: readonly Reading<'domain_memberships'>[],
  steps: readonly AccountStep[] = [],
  more: Given = {},
) {
  const shared = new EvaluationState(
    given({ ...more, readings: { domain_memberships: reports, ...more.readings }, accountSteps: steps }),
  );
  return accountRegister(contextFor(shared, {} as Control, 31));
}
const stateOf = (of: ReturnType<typeof registerOf>, name: string) => {
  const entry = of.entries.find(({ key }) => key === `${name}@${DOMAIN}`);
  if (entry === undefined) throw new Error(`no entry ${name}`);
  return entry;
};
const changes = (of: ReturnType<typeof registerOf>, day: string) => {
  const one = of.reports.find((seen) => seen.day === day);
  if (one === undefined) throw new Error(`no report of ${day}`);
  return Object.fromEntries(
    [...differenceOf(one, of.entries)].map(([key, value]) => [key.split('@')[0], value]),
  );
};

describe('the register', () => {
  it('lists each account once, however its address is spelled', () => {
    const { entries } = registerOf([
      report('2026-11-20', [free('Kim@ALDER.example.org'), free('kim'), free('<kim@alder.example.org>')]),
    ]);
    expect(entries.map(({ key, state }) => [key, state])).toEqual([[`kim@${DOMAIN}`, 'found']]);
  });

  it('calls an account closed only if a report no longer lists it, whatever was done before', () => {
    const of = registerOf(
      [report('2026-10-20', [free('kim'), free('noor')]), report('2026-11-20', [free('noor')])],
      [step('noor', '2026-11-21', { kind: 'said_closed' })],
    );
    expect(stateOf(of, 'kim')).toMatchObject({
      state: 'closed',
      words: 'Closed: gone from the report of Nov 20, 2026',
      closed: { on: '2026-11-20', sha256: 'sha of 2026-11-20 ', moved: false },
      messages: 0,
    });
    expect(stateOf(of, 'noor')).toMatchObject({
      state: 'said_closed',
      words: 'Marked as closed on Nov 21, 2026; no report shows it yet',
    });
    expect(changes(of, '2026-11-20')).toEqual({ kim: 'gone', noor: 'unchanged' });
  });

  it('does not believe a closing that a later report contradicts, and says so', () => {
    const of = registerOf(
      [report('2026-10-20', [free('kim')]), report('2026-11-20', [free('kim')])],
      [wrote('kim', '2026-10-21'), step('kim', '2026-11-20', { kind: 'said_closed' })],
    );
    expect(stateOf(of, 'kim')).toMatchObject({
      state: 'contacted',
      doubt: 'Marked as closed on Nov 20, 2026, but the report of Nov 20, 2026 still lists it.',
    });
  });

  it('reopens an account that comes back, and drops what was done before', () => {
    const of = registerOf(
      [report('2026-09-20', [free('kim')]), report('2026-10-20', []), report('2026-11-20', [free('kim')])],
      [wrote('kim', '2026-09-22')],
    );
    expect(stateOf(of, 'kim')).toMatchObject({
      state: 'found',
      cameBack: '2026-11-20',
      messages: 0,
      words: 'Returned on Nov 20, 2026; no one has written since',
    });
    expect(changes(of, '2026-11-20')).toEqual({ kim: 'back' });
    expect(changes(of, '2026-10-20')).toEqual({ kim: 'gone' });
  });

  it.each<[string, Partial<Reading<'domain_memberships'>>, RegExp]>([
    ['in part', { complete: false }, /is incomplete/],
    ['old when it was brought', { storedOn: '2026-12-30' }, /was 40 days old when it was brought/],
  ])('closes nothing by a report that came %s', (_, more, why) => {
    const of = registerOf([report('2026-10-20', [free('kim')]), report('2026-11-20', [], more)], [], {
      today: '2026-12-31',
    });
    expect(stateOf(of, 'kim').state).toBe('found');
    expect(stateOf(of, 'kim').doubt).toMatch(why);
    expect(changes(of, '2026-11-20')).toEqual({ kim: 'not_told' });
  });

  it('closes nothing at a domain if the report lists nobody there', () => {
    const of = registerOf(
      [report('2026-10-20', [free('kim@alder.example.com'), free('noor')]), report('2026-11-20', [])],
      [],
      { profile: { domains: [DOMAIN, 'alder.example.com'] } },
    );
    expect(of.entries.map(({ key, state }) => [key, state])).toEqual([
      ['kim@alder.example.com', 'found'],
      [`noor@${DOMAIN}`, 'closed'],
    ]);
    expect(of.entries[0]?.doubt).toContain('lists no one at alder.example.com');
  });

  it('keeps all accounts that two different reports of one day list, and closes none', () => {
    const of = registerOf([
      report('2026-10-20', [free('kim')]),
      report('2026-11-20', [free('noor')], { file: 'a.csv', sha256: 'a' }),
      report('2026-11-20', [], { file: 'b.csv', sha256: 'b' }),
    ]);
    expect(of.entries.map(({ key, state }) => [key, state])).toEqual([
      [`kim@${DOMAIN}`, 'found'],
      [`noor@${DOMAIN}`, 'found'],
    ]);
    expect(stateOf(of, 'kim').doubt).toContain('contradicted by another report of the same day');
  });

  it('says that an account moved if its address is now in the workspace', () => {
    const of = registerOf([
      report('2026-10-20', [free('kim')]),
      report('2026-11-20', [{ email: `kim@${DOMAIN}`, plan: 'team', inWorkspace: true }]),
    ]);
    expect(stateOf(of, 'kim').words).toBe('Closed: in our workspace by the report of Nov 20, 2026');
  });

  it('ends an exemption by itself', () => {
    const steps = [
      step('kim', '2026-11-01', {
        kind: 'exempted',
        reason: 'Research license',
        owner: 'Petra Board',
        until: '2026-11-30',
      }),
    ];
    const reports = [report('2026-10-20', [free('kim')])];
    expect(stateOf(registerOf(reports, steps, { today: '2026-11-30' }), 'kim').state).toBe('exempt');
    const after = stateOf(registerOf(reports, steps, { today: '2026-12-01' }), 'kim');
    expect(after).toMatchObject({ state: 'found', exemptionEnded: '2026-11-30', exemption: null });
  });

  it('does not depend on the order of reports, rows and steps, nor on a report brought twice', () => {
    const people = ['ana', 'ben', 'cleo', 'dov'];
    const DAYS = ['2026-08-20', '2026-09-20', '2026-10-20', '2026-11-20'];
    const day = fc.constantFrom(...DAYS);
    const listed = fc.array(fc.subarray(people), { minLength: 1, maxLength: 4 });
    const said = fc.array(
      fc.tuple(fc.constantFrom(...people), day, fc.constantFrom('wrote', 'closed', 'open')),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(listed, said, fc.integer({ min: 0, max: 1000 }), (lists, saids, turn) => {
        seq = 0;
        const reports = lists.map((names, at) =>
          report(
            DAYS[at] ?? '',
            names.map((name) => free(name)),
          ),
        );
        const steps = saids.map(([name, on, what]) =>
          what === 'wrote'
            ? wrote(name, on)
            : step(name, on, { kind: what === 'closed' ? 'said_closed' : 'reopened' }),
        );
        const turned = <T>(list: readonly T[]): T[] =>
          list.map((_, at) => list[(at + turn) % list.length] as T).reverse();
        const other = turned(reports).map((one) => ({ ...one, rows: turned(one.rows) }));
        const plain = (of: ReturnType<typeof registerOf>) => ({
          entries: of.entries.map(({ seen, ...entry }) => ({ ...entry, plan: seen?.plan })),
          changes: of.reports.map((one) => [...differenceOf(one, of.entries)].sort()),
        });
        expect(plain(registerOf([...other, ...reports], turned(steps)))).toEqual(
          plain(registerOf(reports, steps)),
        );
      }),
      { numRuns: cases(300) },
    );
  });
});

describe('what the controls say about it', () => {
  const parts = (rows: readonly Partial<DomainMembershipRow>[], steps: readonly AccountStep[]): Given => ({
    readings: { domain_memberships: [report('2026-11-20', rows)] },
    accountSteps: steps,
  });
  const closed = (given_: Given) => runRule(accountsClosed, {}, given_, { freshDays: 31 });
  const contacted = (given_: Given) => runRule(accountsContacted, { days: 90 }, given_, { freshDays: 31 });

  it('a closing that someone states is pending until the next report, never a pass', () => {
    const o = closed(parts([free('kim')], [step('kim', '2026-11-21', { kind: 'said_closed' })]));
    expect([o.state, o.due]).toEqual(['pending', '2026-12-21']);
    expect(o.items.map(({ key }) => key)).toEqual([`kim@${DOMAIN}`]);
  });

  it('an account that only a report of another domain leaves out cannot be determined', () => {
    const profile = { domains: [DOMAIN, 'alder.example.com'] };
    const dns = [
      reading('dns', [{ domain: 'alder.example.com', txt: ['anthropic-domain-verification-a=b'] }], {
        observedOn: '2026-10-01',
      }),
    ];
    const reports = (first: readonly Partial<DomainMembershipRow>[]) => ({
      profile,
      readings: {
        domain_memberships: [report('2026-10-28', first), report('2026-11-20', [])],
        members: [reading('members', [{ email: inside.email, role: 'primary_owner' }])],
        dns,
      },
      attestations: [{ control: 'CLA-ACC-10', holds: true, seen: '2026-11-10' }],
    });
    expect(closed(reports([])).state).toBe('pass');
    const o = closed(reports([free('kim@alder.example.com')]));
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('kim@alder.example.com');
  });

  it('contacts sent by Bylaw and contacts that someone states both count, and are cited differently', () => {
    expect(contacted(parts([free('kim')], [])).state).toBe('cannot_read');
    const mail = contacted(parts([free('kim')], [wrote('kim', '2026-11-21')]));
    expect(mail.state).toBe('pass');
    expect(mail.evidence.at(-1)).toMatchObject({
      kind: 'account_register',
      says: `kim@${DOMAIN}: message sent by Bylaw on Nov 21, 2026`,
    });
    const hand = contacted(
      parts([free('kim')], [step('kim', '2026-11-21', { kind: 'contacted', message: 'first', how: 'hand' })]),
    );
    expect(hand.evidence.at(-1)?.says).toContain('Hana Reyes says that a message was sent');
    const half = contacted(parts([free('kim'), free('noor')], [wrote('kim', '2026-11-21')]));
    expect([half.state, half.items.map(({ key }) => key)]).toEqual(['fail', [`noor@${DOMAIN}`]]);
    // A thank-you asks for nothing.
    const thanks = step('kim', '2026-11-21', { kind: 'contacted', message: 'thanks', how: 'mail' });
    expect(contacted(parts([free('kim')], [thanks])).state).toBe('fail');
  });
});

describe('an entry of the journal whose note denies it', () => {
  it.each([
    ['contacted', 'By telephone', 'contacted'],
    ['contacted', 'Not sent yet', 'found'],
    ['exempt', 'Approved by the board', 'exempt'],
    ['exempt', 'Denied by the board', 'found'],
    ['closed', 'Not done yet', 'found'],
    ['closed', undefined, 'said_closed'],
  ] as const)('reads %s with the note “%s” as %s', (state, note, expected) =>
    expect(
      stateOf(
        registerOf([report('2026-11-20', [free('kim')])], [], {
          journal: { personalAccounts: [{ email: `kim@${DOMAIN}`, state, on: '2026-11-21', note }] },
        }),
        'kim',
      ).state,
    ).toBe(expected),
  );
});

describe('a text with placeholders', () => {
  it('names every unknown placeholder', () => {
    expect(unknownPlaceholders('Hello {name}, {adress} and {Name}')).toMatch(
      /^2 placeholders are not known: \{adress\} and \{Name\}\. Known are \{name\}, \{address\}/,
    );
    expect(unknownPlaceholders('Hello { name } of {organization}, 5 < 6 {}')).toBe(
      '1 placeholder is not known: {}. Known are {name}, {address}, {organization}, {domain}, {contact} and {policy}.',
    );
    expect(placeholdersOf('{name} {name} {contact}')).toEqual(['name', 'contact']);
  });

  it('inserts values once and never expands them again', () => {
    const values = {
      name: '{address} $& $1',
      address: 'kim@x.example',
      organization: 'A',
      domain: 'd',
      contact: null,
      policy: null,
    };
    expect(fillText('{name} at {address}, ask {contact}', values)).toEqual({
      text: '{address} $& $1 at kim@x.example, ask {contact}',
      missing: ['contact'],
    });
  });
});
// Guide: G2.2-07 G4.2-03 GA-04
