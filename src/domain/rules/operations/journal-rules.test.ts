import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { beforeFirstInvitation } from './before-first-invitation.ts';
import { incidentsFollowed } from './incidents-followed.ts';
import { onboarding } from './onboarding.ts';
import { training } from './training.ts';

const mail = (name: string) => `${name}@alder.example.org`;

describe('incidents-followed', () => {
  const incident = (more: object = {}) => ({
    id: 'INC-1',
    type: 'data_upload',
    opened: '2026-10-01',
    closed: '2026-10-10',
    stepsDone: true,
    membersNotified: 'not_needed',
    ...more,
  });
  const decide = (incidents?: object[]) =>
    runRule(incidentsFollowed, { days: 30 }, { journal: incidents ? { incidents } : {} });
  it('passes for closed incidents and for a stated none', () => {
    expect(decide([incident()]).state).toBe('pass');
    expect(decide([])).toMatchObject({
      state: 'pass',
      reason: 'The journal states that there has been no incident.',
    });
    expect(decide().state).toBe('cannot_read');
  });
  it('fails for one open too long, closed with steps open, or with members not told', () => {
    expect(decide([incident({ closed: undefined })])).toMatchObject({
      state: 'fail',
      items: [{ detail: 'Open for 54 days; the plan is 30.' }],
    });
    expect(decide([incident({ stepsDone: false })]).state).toBe('fail');
    expect(decide([incident({ membersNotified: 'open' })]).state).toBe('fail');
    expect(decide([incident({ closed: '2026-09-01' })]).state).toBe('fail');
  });
  it('asks about one that is closed while its note says that it is not', () => {
    expect(decide([incident({ note: 'Not closed, still investigating' })])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('INC-1 closed and notes “Not closed, still investigating”'),
    });
    expect(decide([incident({ note: 'No member data was involved' })]).state).toBe('pass');
  });
  it('does not count unstated steps as done', () => {
    expect(decide([incident({ stepsDone: undefined })]).state).toBe('cannot_read');
    expect(decide([incident({ membersNotified: undefined })]).state).toBe('cannot_read');
  });
  it('asks about one that was opened on a day in the future, whatever else is listed', () => {
    const ahead = incident({ id: 'INC-9', opened: '2027-11-10', closed: undefined });
    for (const beside of [[], [incident()], [incident({ opened: '2026-11-10', closed: undefined })]])
      expect(decide([...beside, ahead])).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('INC-9'),
      });
    expect(decide([incident({ closed: undefined }), ahead]).state).toBe('fail');
  });
  it('is pending while one is open in time', () => {
    expect(decide([incident({ opened: '2026-11-10', closed: undefined })])).toMatchObject({
      state: 'pending',
      due: '2026-12-10',
    });
    expect(decide([incident({ opened: '2026-11-10', closed: '2026-12-01' })]).state).toBe('pending');
  });
});

describe('training', () => {
  const members = (
    rows: readonly object[] = [
      { email: mail('ana'), name: 'Ana Ruiz' },
      { email: mail('bram'), name: 'Bram Oyelaran' },
    ],
  ) => [reading('members', rows)];
  const decide = (trainings: object[] | undefined, parts: Given = {}) =>
    runRule(
      training,
      { days: 365, grace: 60 },
      { journal: trainings ? { trainings } : {}, readings: { members: members() }, ...parts },
    );
  const session = (more: object) => ({ on: '2026-05-01', topic: 'Security awareness with Claude', ...more });
  it('passes when everyone attended and names who did not', () => {
    expect(decide([session({ attended: [mail('ana'), mail('bram')] })]).state).toBe('pass');
    expect(decide([session({ attended: [mail('ana')] })])).toMatchObject({
      state: 'fail',
      items: [{ key: mail('bram'), label: 'Bram Oyelaran' }],
    });
  });
  it('asks about a training whose topic does not show that it was on Claude or AI, or took place', () => {
    const both = [mail('ana'), mail('bram')];
    for (const topic of [
      'Using AI at work',
      'KI und Mitgliederdaten',
      "L'IA au travail",
      'GenAI',
      'Generative tools at work',
      'AI tools (Copilot, ChatGPT)',
      'A.I. basics',
      'Usar la IA con datos de socios',
      'Writing good prompts',
      'Prompt engineering',
      'Cancelled memberships: answering with Claude',
      'Postponed renewals, with Claude',
      'Claude: what is not allowed',
      'Proposal writing with Claude',
      'Planning events with AI',
      'Artificial Intelligence (AI)',
      'Claude for Claude Dupont’s team',
      'Registration desk: answering with Claude',
    ])
      expect(decide([session({ topic, attended: both })]).state, topic).toBe('pass');
    for (const topic of [
      'Fire drill',
      'Security awareness',
      'Maison et air',
      'KIT of tools',
      'Copilot in Excel',
      'Gemini project kickoff',
      'Generative design for posters',
      'Prompt reporting of incidents',
      'Harassment prevention, Des Moines, IA',
      'Security awareness (AI excluded)',
      'Using Claude - cancelled',
      'Using Claude (postponed to May)',
      'POSTPONED: Using Claude',
      'Claude im Alltag – abgesagt',
      'Using Claude (planned)',
      'Claude training - TBD',
      'Invitation: Claude training',
      'Save the date: Claude training',
      'Reminder to complete Claude training',
      'Claude training: registration opens',
      'Claude training: no one attended',
      'Claude training recording not yet watched',
      'Draft of Claude training',
      'Einladung zur Claude-Schulung',
      'Farewell lunch for Jean-Claude',
      'Claude Monet museum tour',
      'AI (Accident Insurance) enrollment',
      'Accident Insurance (AI)',
    ])
      expect(decide([session({ topic, attended: both })]), topic).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining(`“${topic}”`),
        ask: { field: 'trainings', detail: 'topic' },
      });
    const fire = session({ topic: 'Fire drill', attended: both });
    expect(decide([fire, session({ attended: [mail('ana')] })]).reason).toContain(
      '1 of 2 members was trained',
    );
    // A person who attended no training at all attended none about Claude either.
    expect(decide([session({ topic: 'Fire drill', attended: [mail('ana')] })])).toMatchObject({
      state: 'fail',
      items: [{ key: mail('bram') }],
    });
  });
  it('asks who attended if the journal says not everyone, or everyone and only some', () => {
    expect(decide([session({ everyone: false })])).toMatchObject({
      state: 'cannot_read',
      reason: 'The training of May 1, 2026 does not say who attended.',
    });
    const dated = ['ana', 'bram'].map((one) => ({ email: mail(one), addedOn: '2024-01-01' }));
    const both = (who: string[]) =>
      decide([session({ everyone: true, attended: who.map(mail) })], {
        readings: { members: members(dated) },
      });
    expect(both(['ana'])).toMatchObject({
      state: 'cannot_read',
      reason: 'The training of May 1, 2026 says that everyone attended, and lists only some.',
    });
    expect(both(['ana', 'bram']).state).toBe('pass');
  });
  it('counts the last day of the year and not the day after', () => {
    expect(decide([session({ on: '2025-11-24', attended: [mail('ana'), mail('bram')] })]).state).toBe('pass');
    expect(decide([session({ on: '2025-11-23', attended: [mail('ana'), mail('bram')] })]).state).toBe('fail');
  });
  it('believes "everyone" only for people known to have been there then', () => {
    expect(decide([session({ everyone: true })]).state).toBe('cannot_read');
    const dated = [
      { email: mail('ana'), addedOn: '2026-01-01' },
      { email: mail('bram'), addedOn: '2026-06-01' },
    ];
    expect(decide([session({ everyone: true })], { readings: { members: members(dated) } })).toMatchObject({
      state: 'fail',
      items: [{ key: mail('bram') }],
    });
    const roster = [
      reading('roster', [
        { emails: [mail('ana')], status: 'active', startsOn: '2020-01-01' },
        { emails: [mail('bram')], status: 'active', startsOn: '2021-01-01' },
      ]),
    ];
    expect(decide([session({ everyone: true })], { readings: { members: members(), roster } }).state).toBe(
      'pass',
    );
  });
  it('gives people who joined lately some weeks', () => {
    const rows = [{ email: mail('ana') }, { email: mail('bram'), addedOn: '2026-11-01' }];
    expect(
      decide([session({ attended: [mail('ana')] })], { readings: { members: members(rows) } }),
    ).toMatchObject({ state: 'pending', due: '2026-12-31' });
  });
  it('asks when attendance, the journal or the members are missing', () => {
    expect(decide([session({})]).state).toBe('cannot_read');
    expect(decide(undefined).state).toBe('cannot_read');
    expect(decide([session({ attended: [mail('ana')] })], { readings: {} }).state).toBe('cannot_read');
    expect(decide([]).state).toBe('fail');
  });
  it('counts a quiz for its person in addition to the journal, never as the only training', () => {
    const quiz = (...addresses: string[]) => ({
      trainingsPassed: addresses.map((one) => ({ on: '2026-10-01', address: one })),
    });
    expect(decide(undefined, { journal: quiz(mail('ana'), mail('bram')) })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('or passed the quiz'),
    });
    const alone = decide(undefined, { journal: quiz(mail('ana')) });
    expect([alone.state, alone.reason]).toEqual([
      'cannot_read',
      expect.stringContaining('1 of 2 members has not passed the quiz'),
    ]);
    expect(decide(undefined, { journal: { ...quiz(mail('ana')), trainings: [] } })).toMatchObject({
      state: 'fail',
      items: [{ key: mail('bram') }],
    });
    const both = { ...quiz(mail('ana')), trainings: [session({ attended: [mail('bram')] })] };
    expect(decide(undefined, { journal: both }).state).toBe('pass');
    const old = { trainingsPassed: [{ on: '2025-11-23', address: mail('ana') }] };
    expect(decide(undefined, { journal: old }).state).toBe('cannot_read');
  });
});

describe('before-first-invitation', () => {
  const journal = (more: object = {}) => ({
    firstInvitation: '2026-03-10',
    connectorInventory: { on: '2026-02-01', by: 'Dana' },
    lockdown: { on: '2026-03-10', by: 'Dana' },
    announcements: [{ on: '2026-03-01', by: 'Dana', about: 'organization_accounts' }],
    ...more,
  });
  const charter = (more: object = {}) => ({
    policy: { version: '1', published: '2026-03-01' },
    connectors: [{ name: 'Asana', actions: { read: 'allow' }, actionsClassified: '2026-02-10' }],
    ...more,
  });
  const decide = (j: object = {}, c: object = {}, readings = {}) =>
    runRule(beforeFirstInvitation, {}, { journal: journal(j), charter: charter(c), readings });
  it('passes when every step is dated on or before the first invitation', () => {
    expect(decide()).toMatchObject({ state: 'pass', reason: expect.stringContaining('All 5 steps') });
  });
  it('names each step that came later and by how much', () => {
    const outcome = decide({ lockdown: { on: '2026-03-15', by: 'Dana' } });
    expect(outcome).toMatchObject({ state: 'fail', items: [{ key: 'lockdown' }] });
    expect(outcome.reason).toContain('connector lockdown on Mar 15, 2026 (5 days late)');
  });
  it('cannot tell while a step has no day, but still fails for a known violation', () => {
    expect(decide({ announcements: [] })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('announcements') },
    });
    expect(decide({ announcements: [], lockdown: { on: '2026-04-01', by: 'D' } }).state).toBe('fail');
    expect(decide({ firstInvitation: undefined }).state).toBe('cannot_read');
    expect(decide({}, { connectors: undefined }).state).toBe('cannot_read');
  });
  it('lets a connector that was added later be classified when it is added', () => {
    const late = {
      connectors: [{ name: 'Asana', actions: { read: 'allow' }, actionsClassified: '2026-06-01' }],
    };
    expect(decide({}, late).state).toBe('fail');
    const change = (on: string) => ({
      approvedChanges: [{ on, connector: 'asana', action: '*', to: 'added', approvedBy: 'Dana' }],
    });
    expect(decide(change('2026-06-02'), late).state).toBe('pass');
    expect(decide(change('2026-05-30'), late).state).toBe('fail');
  });
  it('counts an earlier member as the first access', () => {
    const members = [
      reading('members', [
        { email: mail('owner'), role: 'owner', addedOn: '2026-01-01' },
        { email: mail('ana'), name: 'Ana Ruiz', role: 'user', addedOn: '2026-02-20' },
      ]),
    ];
    const outcome = decide({}, {}, { members });
    expect(outcome.state).toBe('fail');
    expect(outcome.reason).toContain('Ana Ruiz was added on Feb 20, 2026');
  });
});

describe('onboarding', () => {
  const nia = {
    name: 'Nia Okafor',
    emails: [mail('nia')],
    status: 'active' as const,
    startsOn: '2026-11-01',
  };
  const old = { name: 'Ana Ruiz', emails: [mail('ana')], status: 'active' as const, startsOn: '2019-01-01' };
  const entry = {
    email: mail('nia'),
    start: '2026-11-01',
    seatGiven: '2026-11-01',
    policySent: '2026-11-01',
    connectorsExplained: '2026-11-02',
    personalAccountAsked: '2026-11-02',
  };
  const base = (seat = true, roster: readonly object[] = [nia, old]) => ({
    members: [
      reading('members', [
        { email: mail('ana'), name: 'Ana Ruiz' },
        ...(seat ? [{ email: mail('nia'), name: 'Nia Okafor' }] : []),
      ]),
    ],
    roster: [reading('roster', roster)],
    acknowledgements: [
      reading('acknowledgements', [
        { email: mail('nia'), version: '3', on: '2026-11-03', acknowledged: true },
      ]),
    ],
  });
  const charter = { seatsFor: 'everyone', policy: { version: '3', published: '2026-06-01' } };
  const decide = (parts: Given) =>
    runRule(
      onboarding,
      { days: 60, grace: 14 },
      { charter, journal: { onboardings: [entry] }, readings: base(), ...parts },
    );
  it('passes when seat, policy and steps are there', () => {
    expect(decide({})).toMatchObject({ state: 'pass', reason: expect.stringContaining('Nia Okafor') });
  });
  it('fails after the grace with what is missing, and is pending within it', () => {
    expect(decide({ readings: base(false) })).toMatchObject({
      state: 'fail',
      items: [{ key: mail('nia'), detail: expect.stringContaining('seat') }],
    });
    expect(decide({ journal: { onboardings: [] } }).items[0]?.detail).toContain(
      'policy sent, connectors explained and personal account asked about',
    );
    const fresh = { ...nia, startsOn: '2026-11-15' };
    expect(decide({ journal: { onboardings: [] }, readings: base(true, [fresh, old]) })).toMatchObject({
      state: 'pending',
      due: '2026-11-29',
    });
  });
  it('asks about somebody whom only the journal has as new, with steps open', () => {
    const other = (more: object = {}) =>
      decide({ journal: { onboardings: [entry, { ...entry, email: mail('zoe'), ...more }] } });
    expect(other({ policySent: undefined })).toMatchObject({
      state: 'cannot_read',
      code: 'operations.onboarding.only_in_journal',
      reason: expect.stringContaining(mail('zoe')),
      ask: { field: 'roster', detail: 'or_correct_onboardings' },
    });
    expect(other().state).toBe('pass');
    // Long ago, or in the future.
    expect(other({ start: '2026-08-01', policySent: undefined }).state).toBe('pass');
    expect(other({ start: '2026-12-20', policySent: undefined }).state).toBe('pass');
  });
  it('expects no seat if seats are on request', () => {
    expect(decide({ charter: { ...charter, seatsFor: 'on_request' }, readings: base(false) }).state).toBe(
      'pass',
    );
    expect(decide({ charter: { policy: charter.policy }, readings: base(false) }).state).toBe('cannot_read');
  });
  it('says so when nobody is new, and asks when start dates are missing', () => {
    expect(decide({ readings: base(true, [old]) }).reason).toContain('No one on the roster');
    expect(decide({ readings: base(true, [{ ...old, startsOn: null }]) }).state).toBe('cannot_read');
    expect(decide({ readings: base(true, [old, { ...nia, startsOn: null }]) }).state).toBe('cannot_read');
  });
  it('cannot pass without the list of acknowledgements, the journal or the roster', () => {
    const { acknowledgements: _, ...rest } = base();
    expect(decide({ readings: rest }).state).toBe('cannot_read');
    expect(decide({ journal: {} }).state).toBe('cannot_read');
    expect(decide({ readings: { members: base().members } }).state).toBe('cannot_read');
  });
});
// Guide: G2-00 G2.1-00 G2.1-03 G2.1-04 G2.1-05 G2.1-06 G2.2-19 G4.1-07 G7.2-00 G7.2-02 G7.2-03 G7.2-04
// Guide: G7.2-06 G7.2-07 G7.2-08 G7.2-14 G7.2-15 G7.2-19 G7.2-20 G7.3-01 G7.3-02 G7.3-03 G7.3-04 G7.3-05
// Guide: GA-05
