import { describe, expect, it } from 'vitest';
import type { Control } from '../../model/catalogue.ts';
import { reading, runRule } from '../../testing/build.ts';
import { exceptionsCurrent } from './exceptions-current.ts';
import { governanceOwner } from './governance-owner.ts';
import { incidentPlan } from './incident-plan.ts';
import { offboardingTemplate } from './offboarding-template.ts';

const dana = { name: 'Dana Whitlock', email: 'dana@alder.example.org' };
const kim = { name: 'Kim Osei', email: 'kim@msp.example.com' };

describe('governance-owner', () => {
  const decide = (charter?: Record<string, unknown>, readings = {}) =>
    runRule(governanceOwner, {}, { ...(charter ? { charter } : {}), readings });
  it('passes with two people by a roster alone, and says what was compared', () => {
    expect(decide({ governanceOwner: dana, governanceDeputy: kim })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Whether both still work here is not known.'),
    });
    const roster = [
      reading('roster', [{ name: 'Dana Whitlock', emails: ['Dana@alder.example.org'], status: 'active' }]),
    ];
    expect(decide({ governanceOwner: dana, governanceDeputy: kim }, { roster }).reason).toContain(
      'Dana Whitlock is on the roster; the other was not found',
    );
  });
  it('asks about an owner off the roster and at no domain of ours, unless named as a guest', () => {
    const roster = [reading('roster', [{ name: 'Ann Lee', emails: ['ann@alder.example.org'] }])];
    const ann = { name: 'Ann Lee', email: 'ann@alder.example.org' };
    const owned = (owner: object, deputy: object, more: object = {}) =>
      decide({ governanceOwner: owner, governanceDeputy: deputy, ...more }, { roster });
    expect(owned(kim, ann)).toMatchObject({
      state: 'cannot_read',
      code: 'operations.governance_owner.stranger',
      reason: expect.stringContaining('msp.example.com is not one of our domains'),
    });
    expect(owned({ name: 'Kim Osei' }, ann).state).toBe('cannot_read');
    expect(owned(kim, ann, { people: { guests: [kim.email] } }).state).toBe('pass');
    // With an address of ours the person should be on the roster, and may have left.
    const ours = { ...kim, email: 'kim@alder.example.org' };
    expect(owned(ours, ann)).toMatchObject({
      state: 'cannot_read',
      code: 'operations.governance_owner.not_listed',
    });
    expect(owned(ours, ann, { people: { guests: [ours.email] } }).state).toBe('pass');
    // The deputy may be of an agency, but a private mailbox or a look-alike domain shows no one.
    expect(owned(ann, kim).state).toBe('pass');
    for (const email of ['kim.osei@gmail.com', 'kim@alder-example.org'])
      expect(owned(ann, { ...kim, email }).state, email).toBe('cannot_read');
  });
  it('asks if the address is that of someone else on the roster', () => {
    const row = (name: string, mail: string) => ({
      name,
      emails: [`${mail}@alder.example.org`],
      status: 'active' as const,
    });
    const given = (name: string, mail: string) => ({
      roster: [reading('roster', [row('Dana Whitlock', 'dana.w'), row(name, mail)])],
    });
    const named = { governanceOwner: dana, governanceDeputy: kim };
    expect(decide(named, given('Noor Vasquez', 'dana'))).toMatchObject({
      state: 'cannot_read',
      code: 'operations.governance_owner.address_of_other',
    });
    // A maiden name, with no one else of the charter's name on the roster.
    const one = { roster: [reading('roster', [row('Dana Stone', 'dana')])] };
    expect(decide(named, one).state).toBe('pass');
  });
  it('fails when one has left, and not when the same person has a newer record', () => {
    const left = {
      name: 'Dana Whitlock',
      emails: ['dana@alder.example.org'],
      status: 'left' as const,
      endsOn: '2026-10-01',
    };
    expect(
      decide({ governanceOwner: dana, governanceDeputy: kim }, { roster: [reading('roster', [left])] }),
    ).toMatchObject({ state: 'fail', items: [{ key: 'dana@alder.example.org' }] });
    const row = { name: 'Dana Whitlock', emails: ['dana@alder.example.org'], status: 'active' as const };
    const beside = (other: object) =>
      decide(
        { governanceOwner: dana, governanceDeputy: kim },
        { roster: [reading('roster', [left, { ...row, ...other }])] },
      );
    expect(beside({ startsOn: '2026-10-19' }).state).toBe('pass');
    expect(beside({}).state).toBe('cannot_read');
    expect(beside({}).reason).toContain('Dana Whitlock');
    // A roster row at another employer of ours is the same person if the charter says so.
    const next = { ...row, emails: ['dana@birch.example.org'], startsOn: '2026-10-05' };
    const roster = [reading('roster', [left, next])];
    const moved = (people?: object) =>
      decide({ governanceOwner: dana, governanceDeputy: kim, people }, { roster }).state;
    expect(moved()).toBe('cannot_read');
    expect(moved({ same: [[dana.email, 'dana@birch.example.org']] })).toBe('pass');
  });
  it('fails for the same person twice, and asks for a missing person', () => {
    expect(decide({ governanceOwner: dana, governanceDeputy: dana }).state).toBe('fail');
    expect(decide({ governanceOwner: dana, governanceDeputy: { name: 'Whitlock, Dana' } }).state).toBe(
      'fail',
    );
    expect(decide({ governanceOwner: dana, governanceDeputy: { name: 'TBD' } })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('governanceDeputy') },
    });
    expect(decide({ governanceOwner: dana })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('governanceDeputy') },
    });
    expect(decide({}).state).toBe('cannot_read');
    expect(decide().state).toBe('cannot_read');
  });
});

it('does not accept an office as governance owner unless its address belongs to one person', () => {
  const decide = (rows: Parameters<typeof reading<'roster'>>[1]) =>
    runRule(
      governanceOwner,
      {},
      {
        charter: {
          governanceOwner: { name: 'Executive Director', email: 'lee@alder.example.org' },
          governanceDeputy: { name: 'Kim Osei', email: 'kim@alder.example.org' },
        },
        readings: { roster: [reading('roster', rows)] },
      },
    );
  const kim = { name: 'Kim Osei', emails: ['kim@alder.example.org'], status: 'active' as const };
  expect(decide([kim])).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('an office or a role'),
  });
  expect(decide([kim, { ...kim, name: 'Ann Lee', emails: ['lee@alder.example.org'] }]).state).toBe('pass');
});

describe('governance-owner with two addresses and one name', () => {
  const other = { name: 'Whitlock, Dana', email: 'd.whitlock@alder.example.org' };
  const decide = (rows?: Parameters<typeof reading<'roster'>>[1]) =>
    runRule(
      governanceOwner,
      {},
      {
        charter: { governanceOwner: dana, governanceDeputy: other },
        readings: rows ? { roster: [reading('roster', rows)] } : {},
      },
    ).state;
  const row = (...emails: string[]) => ({ name: 'Dana Whitlock', emails, status: 'active' as const });
  it('asks, unless the roster shows two people', () => {
    expect(decide()).toBe('cannot_read');
    expect(decide([row(dana.email)])).toBe('cannot_read');
    expect(decide([row(dana.email, other.email)])).toBe('cannot_read');
    expect(decide([row(dana.email), row(other.email)])).toBe('pass');
  });
});

describe('offboarding-template', () => {
  const decide = (charter: Record<string, unknown>) =>
    runRule(offboardingTemplate, { days: 365 }, { charter });
  it('follows the charter and its age', () => {
    expect(decide({ offboardingTemplate: { includesClaude: true, reviewed: '2025-11-24' } }).state).toBe(
      'pass',
    );
    expect(decide({ offboardingTemplate: { includesClaude: true, reviewed: '2025-11-23' } }).state).toBe(
      'fail',
    );
    expect(decide({ offboardingTemplate: { includesClaude: true, reviewed: '2026-12-01' } }).state).toBe(
      'fail',
    );
    expect(decide({ offboardingTemplate: { includesClaude: false, reviewed: '2026-11-01' } }).state).toBe(
      'fail',
    );
    expect(decide({}).state).toBe('cannot_read');
  });
});

describe('incident-plan', () => {
  const types = [
    'Unauthorized access via a connector',
    'prompt_injection',
    'Upload of member data to a personal session',
    'Credential exposed',
    'Unintended agent action',
  ];
  const decide = (plan?: object) =>
    runRule(
      incidentPlan,
      { days: 365 },
      {
        readings: {
          roster: [
            reading('roster', [{ name: 'Rex Vogt', emails: ['rex@alder.example.org'], status: 'left' }]),
          ],
        },
        charter: plan ? { incidentPlan: { types, contacts: ['Dana'], reviewed: '2026-06-01', ...plan } } : {},
      },
    );
  it('recognizes the five types in free wording', () => {
    expect(decide({}).state).toBe('pass');
  });
  it('does not count one wording for two types', () => {
    const outcome = decide({
      types: ['Unauthorized agent access through a connector', ...types.slice(1, 4)],
    });
    expect(outcome).toMatchObject({ state: 'fail', items: [{ key: 'unauthorized_access' }] });
  });
  it('asks about a type that a word of the text alone suggests', () => {
    for (const vague of ['Secretary on leave', 'Travel agent', 'Building access', 'Flu injections'])
      expect(decide({ types: [...types.slice(0, 4), vague] }).state, vague).not.toBe('pass');
    const without = (id: number, text: string) =>
      decide({ types: [...types.filter((_, at) => at !== id), text] }).state;
    for (const [id, text] of [
      [0, 'Unauthorized access to the building'],
      [0, 'Connector already replaced'],
      [2, 'File upload to the website fails'],
      [3, 'Shared office with the secretary'],
      [3, 'Lost badge or password change'],
      [3, 'Enterprise password rules'],
      [4, 'Wrong disciplinary action'],
    ] as const)
      expect(without(id, text), text).not.toBe('pass');
    for (const [id, text] of [
      [0, 'Unauthorised access to member data'],
      [1, 'Injected instructions in a document'],
      [2, 'Staff uploaded a member list'],
      [3, 'Pasted password'],
      [3, 'Leaked API key'],
      [4, 'Claude takes an unwanted action'],
      [4, 'Automation deletes records'],
    ] as const)
      expect(without(id, text), text).toBe('pass');
    expect(decide({ types: [...types.slice(0, 4), 'Agent'] }).state).toBe('pass');
    expect(decide({ types: [...types.slice(0, 4), 'Travel agent'] })).toMatchObject({
      state: 'cannot_read',
      code: 'operations.incident_plan.types_unclear',
      reason: expect.stringContaining('“Travel agent”'),
    });
  });
  it('names contacts that are offices, and says if no person is among them', () => {
    expect(decide({ contacts: ['IT', 'info@alder.example.org'] }).reason).toContain(
      'so no person is named who answers for it',
    );
    expect(decide({ contacts: ['IT', 'Dana Whitlock'] }).reason).toContain(
      'IT is an office or a mailbox of several people.',
    );
    expect(decide({}).reason).not.toContain('an office');
  });
  it('names a contact who has left, even if types are missing', () => {
    expect(decide({ contacts: ['Rex Vogt'], types: ['x'] }).reason).toContain('Rex Vogt has left');
  });
  it('fails while a contact who has left is named, whoever else can be called', () => {
    expect(decide({ contacts: ['Rex Vogt', 'Dana'] })).toMatchObject({
      state: 'fail',
      code: 'operations.incident_plan.contact_left',
      items: [{ key: 'rex vogt' }],
    });
    expect(decide({ contacts: ['Dana'] }).state).toBe('pass');
  });
  it.each([
    'Prompt injection: N/A',
    'prompt injection (out of scope)',
    'No plan for prompt injection',
    'Prompt injection – not covered',
    'Prompt injection (to be defined)',
  ])('does not read “%s” as a type that the plan includes', (text) => {
    expect(decide({ types: [...types.filter((one) => !/inject/i.test(one)), text] })).toMatchObject({
      state: 'fail',
      items: [{ key: 'prompt_injection' }],
    });
  });
  it('fails if mail to the only contacts reaches no one', () => {
    for (const contact of ['noreply@alder.example.org', 'security@example.com'])
      expect(decide({ contacts: [contact] })).toMatchObject({
        state: 'fail',
        code: 'operations.incident_plan.contact_unreachable',
      });
    expect(decide({ contacts: ['noreply@alder.example.org', 'Dana'] }).state).toBe('pass');
    expect(decide({ contacts: ['noreply@alder.example.org, 202-555-0139'] }).state).toBe('pass');
  });
  it('fails without contacts or when old, and asks without a plan', () => {
    expect(decide({ contacts: [] }).state).toBe('fail');
    expect(decide({ reviewed: '2025-06-01' }).state).toBe('fail');
    expect(decide().state).toBe('cannot_read');
  });
});

describe('exceptions-current', () => {
  const exception = (until: string, more: object = {}) => ({
    control: 'CLA-ACC-07',
    reason: 'Handover',
    owner: 'Dana',
    until,
    ...more,
  });
  const known = {
    controls: [{ id: 'CLA-ACC-07', severity: 'low', title: 'Only current staff hold a seat' } as Control],
  };
  const decide = (exceptions?: object[]) =>
    runRule(
      exceptionsCurrent,
      { noticeDays: 14 },
      { charter: exceptions ? { exceptions } : {}, catalogue: known },
    );
  it('says that an exception for an unknown control covers nothing', () => {
    expect(decide([exception('2027-03-01', { control: 'CLA-ACC-77' })])).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('no control CLA-ACC-77') }],
    });
  });
  it('counts the last day as in force', () => {
    expect(decide([exception('2026-11-23')])).toMatchObject({
      state: 'fail',
      items: [{ key: 'cla-acc-07/whole' }],
    });
    expect(decide([exception('2026-11-24')])).toMatchObject({ state: 'pending', due: '2026-11-24' });
    expect(decide([exception('2026-12-08')]).state).toBe('pending');
    expect(decide([exception('2026-12-09')]).state).toBe('pass');
  });
  it('names items, and lists expired exceptions before those that end soon', () => {
    const outcome = decide([exception('2026-12-01'), exception('2026-10-01', { items: ['Tobin@x.org'] })]);
    expect(outcome.items.map((item) => item.key)).toEqual(['cla-acc-07/tobin@x.org']);
    expect(outcome.reason).toContain(
      '1 of 2 exceptions has expired: ACC-07 (Tobin@x.org) on Oct 1, 2026 (owner Dana)',
    );
  });
  it('does not count an exception whose owner has left as in force', () => {
    const roster = [
      reading('roster', [
        { name: 'Dana Whitlock', status: 'left', endsOn: '2026-10-30' },
        { name: 'Kim Osei', status: 'active' },
      ]),
    ];
    const owned = (owner: string) =>
      runRule(
        exceptionsCurrent,
        { noticeDays: 14 },
        {
          charter: { exceptions: [exception('2027-03-01', { owner })] },
          readings: { roster },
          catalogue: known,
        },
      );
    expect(owned('Kim Osei').state).toBe('pass');
    expect(owned('Dana Whitlock')).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('has left according to the roster') }],
    });
  });
  it('names those that have ended beside those whose owner has left, and says where both are so', () => {
    const roster = [
      reading('roster', [
        { name: 'Dana Whitlock', status: 'left', endsOn: '2026-10-30' },
        { name: 'Kim Osei', status: 'active' },
      ]),
    ];
    const of = (owner: string, until: string, item: string) => exception(until, { owner, items: [item] });
    const exceptions = [
      of('Kim Osei', '2026-11-01', 'ended'),
      of('Dana Whitlock', '2027-03-01', 'lapsed'),
      of('Dana Whitlock', '2026-11-01', 'both'),
      of('Kim Osei', '2027-03-01', 'good'),
    ];
    const outcome = runRule(
      exceptionsCurrent,
      { noticeDays: 14 },
      { charter: { exceptions }, readings: { roster }, catalogue: known },
    );
    expect(outcome).toMatchObject({
      state: 'fail',
      reason: expect.stringMatching(/2 of 4 exceptions have expired.*1 of 4 exceptions does not count/),
    });
    expect(outcome.items.map(({ key }) => key)).toEqual([
      'cla-acc-07/ended',
      'cla-acc-07/both',
      'cla-acc-07/lapsed',
    ]);
    expect(outcome.items[1]?.detail).toMatch(/Ended 23 days ago.*Dana Whitlock has left/);
  });
  it('passes on an empty list, and cannot tell without a charter or without the list', () => {
    expect(decide([]).state).toBe('pass');
    expect(runRule(exceptionsCurrent, { noticeDays: 14 }, { charter: {} }).state).toBe('cannot_read');
    // A Conditional Access exclusion with an end date is an exception too, whether or not there are others.
    const leftOut = (until: string, more: object = {}) =>
      runRule(
        exceptionsCurrent,
        { noticeDays: 14 },
        {
          charter: { ...more, entra: { approvedExclusions: [{ id: 'Field staff', reason: 'Trip', until }] } },
        },
      );
    for (const more of [{}, { exceptions: [] }])
      expect(leftOut('2026-11-01', more)).toMatchObject({
        state: 'fail',
        reason: expect.stringContaining('Field staff left out of Conditional Access'),
        items: [{ detail: expect.stringContaining('Ended 23 days ago') }],
      });
    expect(leftOut('2026-12-01', { exceptions: [] })).toMatchObject({ state: 'pending', due: '2026-12-01' });
    expect(leftOut('2027-12-01', { exceptions: [] }).state).toBe('pass');
    expect(leftOut('2027-12-01').state).toBe('cannot_read');
    // A day that far ahead is none, and an exclusion without a reason is no decision.
    expect(leftOut('2099-12-31', { exceptions: [] })).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('too far ahead') }],
    });
    expect(decide([exception('2099-12-31')]).state).toBe('fail');
    const cell = { connector: 'Asana', action: 'Delete', reason: 'Needed' };
    const open = (invariantExceptions: object[]) =>
      runRule(exceptionsCurrent, { noticeDays: 14 }, { charter: { invariantExceptions } }).state;
    expect(open([{ ...cell, until: '2027-06-01' }])).toBe('pass');
    expect(open([{ ...cell, until: '9999-12-31' }])).toBe('fail');
    expect(open([{ ...cell, until: '2027-06-01', reason: 'TBD' }])).toBe('fail');
    expect(runRule(exceptionsCurrent, { noticeDays: 14 }, {}).state).toBe('cannot_read');
  });
});
// Guide: G0-02 G2.2-12 G6.6-00 G7.1-00 G7.2-00 G7.2-01 G7.2-05 G7.2-09 G7.2-13 G7.2-17 GA-15 GB-07
