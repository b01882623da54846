import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { EMPTY_CATALOGUE } from '../../testing/empty-catalogue.ts';
import { policyClauses } from './clauses.ts';
import { policyContact } from './contact.ts';
import { employmentClause } from './employment-clause.ts';
import { noticeCovers } from './notice-covers.ts';
import { publishedFirst } from './published-first.ts';

const policy = (more: object = {}) => ({
  policy: { version: '1', published: '2026-03-01', approvedBy: 'Dana Whitlock', ...more },
});

describe('published-first', () => {
  const decide = (
    charter: Record<string, unknown> | undefined,
    journal: Record<string, unknown> | undefined,
    readings: NonNullable<Given['readings']> = {},
  ) =>
    runRule(
      publishedFirst,
      {},
      { ...(charter ? { charter } : {}), ...(journal ? { journal } : {}), readings },
    );
  const invited = { firstInvitation: '2026-03-01' };
  it('passes on the same day and fails a day later', () => {
    expect(decide(policy(), invited).state).toBe('pass');
    expect(decide(policy({ published: '2026-03-02' }), invited)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 day after'),
    });
  });
  it('does not take a template, or a policy older than Claude, for the one in force', () => {
    for (const version of [
      'Template',
      'sample',
      'Sample policy v1',
      'DRAFT 2',
      '{version}',
      'TBD',
      'vX.X',
      'Muster',
    ])
      expect(decide(policy({ version }), invited), version).toMatchObject({
        state: 'cannot_read',
        code: 'policy.not_yet.draft',
      });
    for (const version of ['1', 'v1', '1.0', '2026-02', 'A', 'Board-adopted', 'Final', 'Examples included 1'])
      expect(decide(policy({ version }), invited).state, version).toBe('pass');
    const policyTemplate = {
      ...EMPTY_CATALOGUE.policyTemplate,
      claude_since: {
        day: '2023-03-01',
        source: { title: 'x', url: 'https://example.org', read: '2026-12-02' },
      },
    };
    const by = (published: string) =>
      runRule(
        publishedFirst,
        {},
        { catalogue: { policyTemplate }, charter: policy({ published }), journal: invited },
      );
    expect(by('2019-05-01')).toMatchObject({
      state: 'cannot_read',
      reason:
        'The charter says that policy 1 was published on May 1, 2019. Claude has existed since March 2023, so that day is not the one of a policy for Claude.',
    });
    expect(by('2024-05-01').state).toBe('pass');
  });
  it('does not pass without an approver on record, and still fails if late', () => {
    for (const approvedBy of [undefined, 'TBD'])
      expect(decide(policy({ approvedBy }), invited)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('Who approved it is not on record.'),
      });
    const late = policy({ approvedBy: undefined, published: '2026-03-02' });
    expect(decide(late, invited).state).toBe('fail');
  });
  it('does not use the day of a later version as the first publication', () => {
    const later = policy({ version: 'v3', published: '2026-09-01' });
    expect(decide(later, invited)).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('announcements') },
    });
    const announced = (on: string, version?: string) => ({
      ...invited,
      announcements: [{ on, by: 'HR', about: 'policy', ...(version === undefined ? {} : { version }) }],
    });
    expect(decide(later, announced('2026-02-20', 'v2')).state).toBe('pass');
    expect(decide(later, announced('2026-02-20', '2.4'))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Policy 2.4 was announced on Feb 20, 2026'),
    });
    for (const version of ['v3', '3.0', '4', undefined])
      expect(decide(later, announced('2026-02-20', version)).state, version).toBe('cannot_read');
    expect(decide(later, announced('2026-02-20'))).toMatchObject({
      ask: { text: expect.stringContaining('which version') },
    });
    // If the first version is in force, no earlier one exists: an announcement before its publication was not about it.
    expect(decide(policy({ published: '2026-03-20' }), announced('2026-02-20'))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('published on Mar 20, 2026, 19 days after'),
    });
    expect(decide(later, announced('2026-03-20'))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('announced on Mar 20, 2026, 19 days after'),
    });
  });
  it('does not pass with a first invitation that an older members file contradicts', () => {
    const members = [
      reading('members', [{ email: 'ana@x.org', name: 'Ana Ruiz', role: 'user' }], {
        observedOn: '2026-02-25',
      }),
    ];
    // Ana was a member by Feb 25, but perhaps earlier, so publication before that day may still have been too late.
    expect(decide(policy({ published: '2026-02-20' }), invited, { members })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Ana Ruiz is in the members file of Feb 25, 2026'),
      ask: { text: expect.stringContaining('Correct `firstInvitation`') },
    });
    expect(decide(policy({ published: '2026-02-27' }), invited, { members }).state).toBe('fail');
    const owners = [reading('members', [{ email: 'o@x.org', role: 'owner' }], { observedOn: '2026-02-25' })];
    expect(decide(policy({ published: '2026-02-20' }), invited, { members: owners }).state).toBe('pass');
  });
  it('does not pass beside an earlier act in the log by someone whose role no file gives', () => {
    const act = (actorEmail: string) => ({
      audit_log: [
        reading('audit_log', [{ type: 'conversation_created', at: '2026-02-25T10:00:00Z', actorEmail }]),
      ],
    });
    const early = policy({ published: '2026-02-20' });
    const seat = (role: string) => ({
      members: [reading('members', [{ email: 'ana@x.org', role } as never])],
    });
    for (const also of [
      {},
      seat('user'),
      { members: [reading('members', [{ email: 'bo@x.org', role: 'user' }])] },
    ])
      expect(decide(early, invited, { ...act('ana@x.org'), ...also })).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('used Claude on Feb 25, 2026'),
      });
    expect(decide(early, invited, { ...act('ana@x.org'), ...seat('owner') }).state).toBe('pass');
    expect(decide({ ...early, admins: ['ana@x.org'] }, invited, act('ana@x.org')).state).toBe('pass');
  });
  it('counts from the first member or invitation that a file shows earlier', () => {
    const members = [
      reading('members', [
        { email: 'o@alder.example.org', role: 'primary_owner', addedOn: '2026-01-01' },
        { email: 'a@alder.example.org', role: 'user', addedOn: '2026-02-01' },
      ]),
    ];
    expect(decide(policy(), invited, { members }).state).toBe('fail');
    const activities = [
      reading('activities', [
        { type: 'org_user_invite_sent', at: '2026-02-10T10:00:00Z', detail: { invited_role: 'user' } },
      ]),
    ];
    expect(decide(policy(), invited, { activities }).state).toBe('fail');
  });
  it('counts the day of an invitation in the client’s time zone', () => {
    const sent = (at: string) => ({
      activities: [
        reading('activities', [{ type: 'org_user_invite_sent', at, detail: { invited_role: 'user' } }]),
      ],
    });
    // Still the evening of 28 Feb in New York.
    expect(decide(policy(), invited, sent('2026-03-01T02:00:00Z')).state).toBe('fail');
    expect(decide(policy(), invited, sent('2026-03-01T10:00:00Z')).state).toBe('pass');
  });
  it('treats a members file without staff as no access if no invitation is known', () => {
    const seatsOf = (...roles: (string | null)[]) => ({
      members: [
        reading(
          'members',
          roles.map((role, at) => ({ email: `p${at}@alder.example.org`, role }) as never),
        ),
      ],
    });
    expect(decide(policy(), {}, seatsOf('primary_owner', 'owner', 'admin'))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('no one on staff had according to the members file'),
    });
    expect(decide(undefined, {}, seatsOf('primary_owner')).state).toBe('cannot_read');
    for (const role of ['user', 'custom', null])
      expect(decide(policy(), {}, seatsOf('primary_owner', role)).state).toBe('cannot_read');
    expect(decide(policy(), {}, seatsOf()).state).toBe('cannot_read');
    const invited = [reading('activities', [{ type: 'org_user_invite_sent', detail: {} }])];
    expect(decide(policy(), {}, { ...seatsOf('owner'), activities: invited }).state).toBe('cannot_read');
  });
  it('asks for what charter or journal do not state', () => {
    expect(decide(policy(), {}).ask?.text).toContain('firstInvitation');
    expect(decide({}, invited).ask?.text).toContain('“policy”');
    expect(decide(undefined, undefined).state).toBe('cannot_read');
  });
});

describe('policy-clauses', () => {
  const clause = (id: string, required = true) => ({
    id,
    title: `Clause ${id}`,
    kind: 'purpose' as const,
    required,
    controls: [],
    guideRows: [],
  });
  const decide = (clauses: string[] | undefined, list = [clause('a'), clause('b'), clause('c', false)]) =>
    runRule(policyClauses, {}, { charter: policy(clauses ? { clauses } : {}), catalogue: { clauses: list } });
  it('needs every required clause and no other', () => {
    expect(decide(['a', 'b'])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('all 2 required clauses'),
    });
    expect(decide(['a', 'c'])).toMatchObject({ state: 'fail', items: [{ key: 'b', label: 'Clause b' }] });
  });
  it('asks with the ids to write, and never passes on an empty catalogue', () => {
    expect(decide(undefined)).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('a, b') },
    });
    expect(decide(['a'], []).state).toBe('cannot_read');
  });
});

describe('policy-contact', () => {
  const decide = (contact?: string) =>
    runRule(policyContact, {}, { charter: policy(contact ? { contact } : {}) });
  it.each([
    ['Dana Whitlock, help@alder.example.org', 'pass'],
    ['Kim Osei, 202-555-0139', 'pass'],
    ['IT department', 'fail'],
    ['privacy@example.com', 'fail'],
    ['Kim Osei, kim@example.org, 202-555-0139', 'pass'],
    ['[IT Contact] at help@alder.example.org', 'fail'],
    ['Dana Whitlock <help@alder.example.org>', 'pass'],
    ['<IT contact> at help@alder.example.org', 'fail'],
    ['TBD, 202-555-0139', 'fail'],
    ['Kim Osei, 555-555-5555', 'fail'],
    ['name@yourdomain.org', 'fail'],
    ['noreply@alder.example.org', 'fail'],
    ['noreply@alder.example.org, 202-555-0139', 'pass'],
    ['Kim Osei, since 2026-06-01', 'fail'],
    ['202-555-0139', 'pass'],
    ['IT, Room 123456', 'fail'],
    ['Kim Osei, suite 200410, 202-555-0139', 'pass'],
    ['(to be named) help@alder.example.org', 'fail'],
    ['ops@company.com', 'fail'],
    ['IT help desk, help@company.example.org', 'pass'],
    ['help@aldar.example.org', 'cannot_read'],
    ['help@alder.example.com', 'cannot_read'],
    ['help@alder.exmaple.org', 'cannot_read'],
    ['help@it.alder.example.org', 'pass'],
    ['Kim Osei, kim.osei@gmail.com', 'cannot_read'],
    ['Kim Osei, kim.osei@gmail.com, 202-555-0139', 'pass'],
    ['Kim Osei, 202-555-0139, help@aldar.example.org', 'pass'],
    ['Human Resources, 1101 17th Street NW, Washington DC 20036', 'fail'],
    ['Human Resources, 1101 17th Street NW, Washington DC 20036, 202-555-0139', 'pass'],
    ['Kim Osei, since 09/12/2026', 'fail'],
    ['Compliance team (policy 2026.09.12)', 'fail'],
    ['see site 1234567', 'fail'],
    ['Kim Osei, +49 30 123456', 'pass'],
    ['Kim Osei, (030) 12 34 56', 'pass'],
    ['noreply@alder.example.org, privacy@example.com', 'fail'],
  ])('reads %s as %s', (contact, state) => {
    expect(decide(contact).state).toBe(state);
  });
  it('asks if none is stated', () => {
    expect(decide().state).toBe('cannot_read');
  });
});

describe('notice-covers', () => {
  const usage = [reading('usage', [{ email: 'a@alder.example.org', messages: 3 }])];
  const sign_ins = [reading('sign_ins', [{ upn: 'a@alder.example.org' }])];
  const audit_log = [reading('audit_log', [{ type: 'user_signed_in_sso' }])];
  const decide = (
    noticeCovers_: string[] | undefined,
    readings: NonNullable<Given['readings']>,
    charter: object = {},
  ) =>
    runRule(
      noticeCovers,
      { days: 365 },
      { charter: { ...policy(noticeCovers_ ? { noticeCovers: noticeCovers_ } : {}), ...charter }, readings },
    );
  it('passes when all sources read are named in any wording', () => {
    expect(decide(['Usage volume', 'sign_ins', 'audit log'], { usage, sign_ins, audit_log })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('all 3 sources'),
    });
  });
  it('fails for a source that is read and not named, telemetry by the charter included', () => {
    const telemetry = { telemetry: { endpoint: 'https://otel.alder.example.org' } };
    const outcome = decide(['usage'], { usage, sign_ins }, telemetry);
    expect(outcome.items.map((item) => item.key)).toEqual(['sign_ins', 'telemetry']);
  });
  it('requires telemetry in the notice if it arrives or is set up, without the charter', () => {
    const journal = { telemetryReceived: [{ from: 'cowork', on: '2026-11-20', organization: 'own' }] };
    const set = {
      activities: [
        reading('activities', [
          {
            type: 'org_cowork_otlp_settings_updated',
            at: '2026-11-10T10:00:00Z',
            detail: { new_otlp_endpoint: 'https://otel.example.com' },
          },
        ]),
      ],
    };
    const charter = policy({ noticeCovers: ['usage', 'audit log'] });
    const came = runRule(noticeCovers, { days: 365 }, { charter, journal, readings: { usage } });
    expect(came.items.map(({ key }) => key)).toEqual(['telemetry']);
    const sent = runRule(noticeCovers, { days: 365 }, { charter, readings: { usage, ...set } });
    expect(sent.items.map(({ key }) => key)).toEqual(['telemetry']);
  });
  it('requires conversation content in the notice while the charter lets text be kept', () => {
    const kept = (until: string) => ({
      contentKept: {
        of: ['messages'],
        from: ['cowork'],
        purpose: 'x',
        days: 7,
        until,
        approvedBy: ['A', 'B'],
      },
    });
    const failed = decide(['usage', 'message counts'], { usage }, kept('2026-12-31'));
    expect(failed.items.map((item) => item.key)).toEqual(['content']);
    expect(decide(['usage', 'content of conversations'], { usage }, kept('2026-12-31')).state).toBe('pass');
    expect(decide(['usage'], { usage }, kept('2026-11-20')).state).toBe('fail');
    expect(decide(['usage'], { usage }, kept('2026-11-01')).state).toBe('pass');
  });
  it.each([
    ['network', 'ai_traffic', { person: 'kim' }, { person: null }, 'DNS log of the office'],
    ['alerts', 'security_alerts', { people: ['a@alder.example.org'] }, { people: [] }, 'Defender alerts'],
    [
      'cloud_apps',
      'cloud_app_events',
      { person: 'a@alder.example.org' },
      { person: null, personId: null },
      'cloud apps',
    ],
    [
      'risks',
      'risky_users',
      { upn: 'a@alder.example.org' },
      { upn: null, name: null, id: null },
      'risky users',
    ],
    ['risks', 'risk_detections', { upn: 'a@alder.example.org' }, { upn: null }, 'risk detections'],
    [
      'directory_changes',
      'directory_audits',
      { actorKind: 'person', actor: 'a@alder.example.org' },
      { actorKind: 'application' },
      'the audit log of Entra',
    ],
    ['devices', 'managed_devices', { upn: 'a@alder.example.org' }, { upn: null }, 'devices in Intune'],
  ] as const)('requires %s in the notice once a file names someone', (id, kind, named, nameless, words) => {
    const read = (row: object) => ({ usage, [kind]: [reading(kind, [row])] });
    const failed = decide(['usage'], read(named));
    expect([failed.state, failed.items.map(({ key }) => key)]).toEqual(['fail', [id]]);
    expect(decide(['usage', id], read(named)).state).toBe('pass');
    expect(decide(['usage', words], read(named)).state).toBe('pass');
    expect(decide(['usage'], read(nameless)).state).toBe('pass');
  });
  it('still counts an old file as a source within the year', () => {
    const at = (observedOn: string) => ({ usage, sign_ins: [reading('sign_ins', [{}], { observedOn })] });
    expect(decide(['usage'], at('2026-01-01')).state).toBe('fail');
    expect(decide(['usage'], at('2025-01-01')).state).toBe('pass');
  });
  it('cannot tell without the notice or without any source', () => {
    expect(decide(undefined, { usage })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('usage') },
    });
    expect(decide(['usage'], {}).state).toBe('cannot_read');
  });
});

describe('employment-clause', () => {
  const decide = (since?: string) =>
    runRule(employmentClause, {}, { charter: policy(since ? { employmentAgreementClause: since } : {}) });
  it('follows the day in the charter', () => {
    expect(decide('2026-11-24').state).toBe('pass');
    expect(decide('2026-11-25')).toMatchObject({ state: 'pending', due: '2026-11-25' });
    expect(decide().state).toBe('cannot_read');
  });
});
// Guide: G2.1-05 G4.1-07 G4.2-04 G8-00 G8-01 G8-02 G8-03 G8-04 G8-05 G8-06 G8-07 G8-08 G8-09 G8-10 G8-11
// Guide: G8-12 G8-13 G8-14 G8-15 G8-16 G8-17 GA-14
