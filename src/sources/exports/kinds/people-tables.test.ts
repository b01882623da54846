import { describe, expect, it } from 'vitest';
import { domainMemberships } from '../../anthropic/files/domain-memberships.ts';
import { members } from '../../anthropic/files/members.ts';
import { entraUsersTable } from '../../microsoft/users-table.ts';
import type { FileKind, Table } from '../file-kind.ts';
import { recognize } from '../folder/recognize.ts';
import { readDelimited } from '../read/csv.ts';
import { reading } from '../table/testing.ts';
import { acknowledgements } from './acknowledgements.ts';
import { json, readerOf } from './json-testing.ts';
import { roster } from './roster.ts';

describe('members', () => {
  it('takes “Member” for the name, unless it is a question', () => {
    const names = (cell: string) =>
      reading(members, ['Member,Email,Role,Seat', `${cell},ann@alder.example.org,Owner,Standard`]).rows.map(
        ({ name }) => name,
      );
    expect(names('Ann Lee')).toEqual(['Ann Lee']);
    expect(names('Yes')).toEqual([null]);
  });

  it('leaves out who was removed, unless the seat was given again', () => {
    const { rows, notes } = reading(members, [
      'Name,Email,Role,Date added,Removed on,Removed by',
      'Ann Lee,ann@alder.example.org,Primary Owner,9/15/2026,,',
      'Bo Roe,bo@alder.example.org,User,9/15/2026,10/12/2026,Ann Lee',
      'Cy Poe,cy@alder.example.org,User,11/2/2026,10/13/2026,Ann Lee',
      'Di Moe,di@alder.example.org,User,9/15/2026,12/31/2099,Ann Lee',
    ]);
    expect(rows.map(({ email }) => email.split('@')[0])).toEqual(['ann', 'cy', 'di']);
    expect(notes).toContainEqual(
      expect.objectContaining({
        row: 3,
        says: 'Bo Roe no longer holds a seat according to this list and was left out.',
      }),
    );
    const byStatus = reading(members, [
      'Name,Email,Role,Status,Removed on',
      'Ann Lee,ann@alder.example.org,Primary Owner,Active,10/1/2026',
      'Bo Roe,bo@alder.example.org,User,Removed,',
    ]);
    expect(byStatus.rows.map(({ email }) => email)).toEqual(['ann@alder.example.org']);
  });

  it('asks which of two columns of one heading counts where they differ', () => {
    const lines = (role: string, email = 'Note') => [
      `Name,Email,Role,${email},Role`,
      'Ann Lee,ann@alder.example.org,Primary Owner,,Primary Owner',
      `Bo Roe,bo@alder.example.org,User,${email === 'Email' ? 'cy@alder.example.org' : ''},${role}`,
    ];
    expect(reading(members, lines('Owner')).asks).toEqual([{ field: 'role', columns: ['Role', 'Role (2)'] }]);
    expect(reading(members, lines('user')).asks).toBeUndefined();
    expect(() => reading(members, lines('User', 'Email'))).toThrow(/Two columns are called "Email"/);
    const said = reading(members, lines('Owner'), 'UTC', { 'Role (2)': 'role' });
    expect(said.asks).toBeUndefined();
    expect(said.rows.map(({ role }) => role)).toEqual(['primary_owner', 'owner']);
  });

  it('asks which of two columns of roles counts where they differ, whatever each is called', () => {
    const lines = (second: string, heading = 'Organization role') => [
      `Name,Email,Role,${heading}`,
      'Ann Lee,ann@alder.example.org,Primary Owner,Primary Owner',
      `Bo Roe,bo@alder.example.org,User,${second}`,
    ];
    expect(reading(members, lines('Owner')).asks).toEqual([
      { field: 'role', columns: ['Role', 'Organization role'] },
    ]);
    expect(reading(members, lines('user')).asks).toBeUndefined();
    const jobs = [
      'Name,Email,Role,Job title',
      'Ann Lee,ann@alder.example.org,Owner,Director',
      'Bo Roe,bo@alder.example.org,User,Editor',
    ];
    expect(reading(members, jobs).asks).toBeUndefined();
  });

  it('asks which of two columns of addresses is the account where they differ, whatever each is called', () => {
    const lines = (headings: string, second: string) => [
      `Name,${headings},Role`,
      'Ann Lee,ann@alder.example.org,ann@alder.example.org,Primary Owner',
      `Bo Roe,bo@alder.example.org,${second},User`,
    ];
    const headings = 'Email,Login email';
    expect(() => reading(members, lines(headings, 'bo@private.example.com'))).toThrow(
      'The columns "Email" and "Login email" say the same, and they differ. Say which one counts',
    );
    expect(() => reading(members, lines('Login email,Email', 'bo@private.example.com'))).toThrow(
      /they differ/,
    );
    expect(reading(members, lines(headings, 'BO@alder.example.org')).rows).toHaveLength(2);
    expect(reading(members, lines('Email,Invited by', 'ann@alder.example.org')).rows).toHaveLength(2);
    const said = reading(members, lines(headings, 'bo@private.example.com'), 'UTC', {
      'Login email': 'email',
    });
    expect(said.rows.map(({ email }) => email)).toEqual(['ann@alder.example.org', 'bo@private.example.com']);
  });

  it('reads a JSON list as it reads a table, and leaves answers of the vendor to their reader', () => {
    const people = [
      { email: 'ann@alder.example.org', name: 'Ann Lee', role: 'primary_owner', added_at: '2026-09-15' },
      { email: 'bo@alder.example.org', name: 'Bo Roe', role: 'user', added_at: '2026-09-16' },
    ];
    const { parseAs } = readerOf([members as FileKind], 'UTC');
    for (const value of [people, { data: people }, { members: people }]) {
      expect(members.recognize(json(value), 'a.json')).toBeGreaterThan(0.5);
      const parsed = parseAs('members', json(value));
      expect(parsed.complete).toBe(true);
      expect(parsed.rows.map(({ email, role, addedOn }) => [email, role, addedOn])).toEqual([
        ['ann@alder.example.org', 'primary_owner', '2026-09-15'],
        ['bo@alder.example.org', 'user', '2026-09-16'],
      ]);
    }
    const more = [{ has_more: true }, { '@odata.nextLink': 'x' }, { invites: [{ email: 'c@x.org' }] }];
    for (const one of more) expect(parseAs('members', json({ data: people, ...one })).complete).toBe(false);
    expect(members.recognize(json(people.map((one) => ({ type: 'user', ...one }))), 'a.json')).toBe(0);
    expect(members.recognize(json([{ email: 'a@x.org', salary: 3 }]), 'a.json')).toBeLessThan(0.5);
  });

  it('reads roles, seats, status and days', () => {
    const { rows, mapping, unmapped } = reading(members, [
      'Full Name,E-mail Address,Role,Seat Tier,Status,Last Active,Color',
      'Ann Lee,Ann@Alder.example.org,Primary Owner,Premium,Active,11/20/2026,red',
      'Bo Roe,bo@alder.example.org,Member,Standard,Pending,never,',
      'Cy Poe,"Cy Poe <cy@alder.example.org>",membership_admin,,,,',
      'Di Moe,di@alder.example.org,Custom: Analyst,,,,',
    ]);
    expect(rows).toEqual([
      {
        file: 'file.csv',
        row: 2,
        email: 'Ann@Alder.example.org',
        name: 'Ann Lee',
        role: 'primary_owner',
        roleText: 'Primary Owner',
        seat: 'Premium',
        status: 'active',
        addedOn: null,
        lastActiveOn: '2026-11-20',
        joinedBy: null,
      },
      {
        file: 'file.csv',
        row: 3,
        email: 'bo@alder.example.org',
        name: 'Bo Roe',
        role: 'user',
        roleText: 'Member',
        seat: 'Standard',
        status: 'invited',
        addedOn: null,
        lastActiveOn: null,
        joinedBy: null,
      },
      {
        file: 'file.csv',
        row: 4,
        email: 'cy@alder.example.org',
        name: 'Cy Poe',
        role: 'admin',
        roleText: 'membership_admin',
        seat: null,
        status: null,
        addedOn: null,
        lastActiveOn: null,
        joinedBy: null,
      },
      {
        file: 'file.csv',
        row: 5,
        email: 'di@alder.example.org',
        name: 'Di Moe',
        role: 'custom',
        roleText: 'Custom: Analyst',
        seat: null,
        status: null,
        addedOn: null,
        lastActiveOn: null,
        joinedBy: null,
      },
    ]);
    expect(mapping.find(({ field }) => field === 'email')).toEqual({
      column: 'E-mail Address',
      field: 'email',
      how: 'heading and content',
    });
    expect(unmapped).toEqual(['Color']);
  });

  it('finds the addresses where the heading says nothing', () => {
    const { rows, mapping } = reading(members, ['Who,Contact,Role', 'Ann Lee,ann@alder.example.org,Owner']);
    expect(rows[0]?.email).toBe('ann@alder.example.org');
    expect(mapping.find(({ field }) => field === 'email')).toEqual({
      column: 'Contact',
      field: 'email',
      how: 'content',
    });
  });

  it('names who was left out and what is unknown', () => {
    const { rows, says } = reading(members, [
      'Name,Email,Role',
      'Ann Lee,ann@alder.example.org,Grand Vizier',
      'Bo Roe,bo at alder,User',
      'Cy Bell,,',
      'Total,2,',
    ]);
    expect(rows.map(({ email, name, role, roleText }) => [email, name, role, roleText])).toEqual([
      ['ann@alder.example.org', 'Ann Lee', null, 'Grand Vizier'],
      ['', 'Bo Roe', 'user', 'User'],
    ]);
    expect(says).toEqual([
      '5: The line of totals "Total" was left out.',
      '2: "Grand Vizier" is not a role that Bylaw knows. Stored as unknown.',
      '3: Bo Roe has no readable email address ("bo at alder"), so the account cannot be compared by it.',
      '4: Cy Bell has no email address and was left out.',
    ]);
  });

  it('keeps of one account the row with the most rights, wherever it stands', () => {
    const lines = [
      'ann@alder.example.org,User',
      'ANN@alder.example.org,Owner',
      'bo@alder.example.org,User',
      'bo@alder.example.org,User',
    ];
    for (const order of [lines, [...lines].reverse()]) {
      const { rows, says } = reading(members, ['Email,Role', ...order]);
      expect(rows.map(({ email, role }) => `${email.toLowerCase()} ${role}`).sort()).toEqual([
        'ann@alder.example.org owner',
        'bo@alder.example.org user',
      ]);
      expect(says.filter((text) => /most rights/.test(text))).toHaveLength(1);
    }
  });

  it('does not let an unknown role pass for a known one without rights', () => {
    const { rows } = reading(members, [
      'Email,Role',
      'ann@alder.example.org,User',
      'ann@alder.example.org,Something',
    ]);
    expect(rows[0]?.role).toBeNull();
  });

  it('refuses the members of a Claude Console organization, and knows custom roles of ours', () => {
    const lines = ['Name,Email,Role', 'Ann,ann@alder.example.org,Admin', 'Bo,bo@alder.example.org,Developer'];
    expect(() => reading(members, lines)).toThrow(/^These are the members of a Claude Console \(API\)/);
    expect(reading(members, [...lines, 'Cy,cy@alder.example.org,Owner']).rows).toHaveLength(3);
  });

  it('refuses a list with no one in it', () => {
    expect(() => reading(members, ['Email,Role'])).toThrow(
      'The members file lists no one who holds a seat. Nothing was imported. Is this the right file?',
    );
    expect(() => reading(members, ['Email,Role', 'n/a,User'])).toThrow(
      /lists no one|No column holds email addresses/,
    );
  });
});

describe('sheets of one workbook', () => {
  const sheet = (name: string, people: readonly string[], title: readonly string[] = []) => ({
    ...readDelimited(
      Buffer.from(
        ['Name,Email,Status', ...people.map((one) => `${one},${one}@alder.example.org,Active`)].join('\n'),
      ),
    ),
    sheet: name,
    title,
  });
  const namesIn = (...tables: Table[]) =>
    roster
      .parse(
        { form: 'table', tables },
        { file: 'staff.xlsx', timezone: 'UTC', domains: ['alder.example.org'], today: '2026-11-24' },
      )
      .flatMap(({ rows }) => rows.map((one) => ('name' in one ? one.name : null)));
  const before = ['Ann', 'Ben', 'Cy', 'Di'];
  const now = ['Ann', 'Ben', 'Cy'];

  it.each([
    ['Current', 'Old'],
    ['Staff', 'Archive'],
    ['Staff 2026', 'Staff 2025'],
    ['Aktuell', '2025'],
    ['November 2026', 'August 2026'],
  ])('of the same people: takes "%s" and not "%s"', (current, earlier) => {
    expect(namesIn(sheet(current, now), sheet(earlier, before))).toEqual(now);
    expect(namesIn(sheet(earlier, before), sheet(current, now))).toEqual(now);
  });

  it('takes the newer one by the line above its table', () => {
    expect(namesIn(sheet('A', before, ['As of 2026-06-30']), sheet('B', now, ['As of 2026-11-20']))).toEqual(
      now,
    );
  });

  it('asks where they differ and nothing says which is newer', () => {
    expect(() => namesIn(sheet('A', before), sheet('B', [...now, 'Ed']))).toThrow(
      /list mostly the same people/,
    );
  });

  it('reads sheets of different people, and a part beside all', () => {
    expect(namesIn(sheet('Old office', ['Ed', 'Flo']), sheet('Current', now))).toHaveLength(5);
    expect(namesIn(sheet('Everybody', before), sheet('Managers', ['Ann', 'Ben']))).toHaveLength(4);
  });
});

describe('domain memberships', () => {
  it('knows personal accounts by their plan', () => {
    const { rows } = reading(domainMemberships, [
      'Email,Plan type,Workspace,Account creation date,Last active date',
      'ann@alder.example.org,Team,Alder Society,2026-01-02,2026-11-01',
      'cy@alder.example.org,Free,,03/25/2025,',
      'di@alder.example.org,Max 5x,,,',
      'ed@alder.example.org,Individual,,,',
      'fi@alder.example.org,Platinum,,,',
    ]);
    expect(
      rows.map(({ email, plan, inWorkspace, organization }) => [email, plan, inWorkspace, organization]),
    ).toEqual([
      ['ann@alder.example.org', 'team', null, 'Alder Society'],
      ['cy@alder.example.org', 'free', false, null],
      ['di@alder.example.org', 'max', false, null],
      ['ed@alder.example.org', null, false, null],
      ['fi@alder.example.org', null, null, null],
    ]);
    expect(rows[1]?.createdOn).toBe('2025-03-25');
  });

  it('takes each of several addresses in a cell as an account, and says so', () => {
    const { rows, says } = reading(domainMemberships, [
      'Email,Plan type',
      'ann@alder.example.org; ann.roe@alder.example.org,Free',
    ]);
    expect(rows.map(({ email, plan, row }) => [email, plan, row])).toEqual([
      ['ann@alder.example.org', 'free', 2],
      ['ann.roe@alder.example.org', 'free', 2],
    ]);
    expect(says).toEqual(['2: This row has 2 email addresses. Each was counted as a separate account.']);
  });

  it('reads whether an account is inside', () => {
    const { rows } = reading(domainMemberships, [
      'Email,In your organization,Plan',
      'ann@alder.example.org,Yes,Team',
      'bo@alder.example.org,No,Team',
      'cy@alder.example.org,Yes,Free',
    ]);
    expect(rows.map(({ inWorkspace }) => inWorkspace)).toEqual([true, false, false]);
  });

  it('refuses a report of nobody, since silence is not absence', () => {
    expect(() => reading(domainMemberships, ['Email,Plan'])).toThrow(
      'The Domain memberships report lists no account. Nothing was imported. Is this the right file?',
    );
  });

  it('says when the JSON is one page of several', () => {
    const value = {
      data: [{ email: 'cy@alder.example.org', plan_type: 'free', organization: { name: 'Other' } }],
      has_more: true,
    };
    const [parsed] = domainMemberships.parse(
      { form: 'json', value, text: '' },
      { file: 'a.json', timezone: 'UTC', domains: [], today: '2026-11-24' },
    );
    expect(parsed).toMatchObject({
      complete: false,
      rows: [{ row: 1, email: 'cy@alder.example.org', plan: 'free', organization: 'Other' }],
    });
  });
});

describe('acknowledgements', () => {
  it.each([
    ['KI-Richtlinie 2', '2'],
    ['Politique IA 2.1', '2.1'],
    ['Charte d’usage 3', '3'],
    ['Política de IA 2', '2'],
    ['Beleid AI 4', '4'],
    ['Claude policy v3', '3'],
    ['Claude policy v2026-1', '2026-1'],
    ['Claude policy version 2026/02 (signed)', '2026/02'],
    ['Claude policy v3b', '3b'],
    ['Claude policy v3 by ann', '3'],
    ['Policy for region 2', 'Policy for region 2'],
    ['Richtlinie 2026', 'Richtlinie 2026'],
  ])('reads "%s" as version %s', (title, version) => {
    const { rows } = reading(acknowledgements, [
      'Name,Email,Policy,Acknowledged on',
      `Ann Lee,ann@alder.example.org,${title},2026-10-01`,
    ]);
    expect(rows.map((row) => row.version)).toEqual([version]);
  });

  it.each([
    ['Name,Email,Document,Version,Acknowledged on', 'Travel policy,2', 'Travel policy', '2'],
    ['Name,Email,Learning item,Revision,Acknowledged on', 'AI policy v1,3', 'AI policy v1', '3'],
    ['Name,E-Mail,Richtlinie,Version,Bestätigt am', 'KI-Richtlinie,2', 'KI-Richtlinie', '2'],
    ['Nombre,Correo,Política,Versión,Fecha de acuse', 'Política de viajes,1.1', 'Política de viajes', '1.1'],
    ['Nom,Courriel,Politique,Version,Signé le', 'Charte IA,v2', 'Charte IA', '2'],
    [
      'Name,Email,Document,Policy version,Acknowledged on',
      'Handbook,Claude policy v2',
      'Handbook, Claude policy v2',
      '2',
    ],
    ['Recipient,Email,Envelope,Status,Completed On', 'Claude policy v2,Completed', 'Claude policy v2', '2'],
    // The title of the person.
    ['Name,Email,Title,Policy version,Acknowledged on', 'Director,Claude policy v2', 'Claude policy v2', '2'],
  ])('reads document and version from columns of their own: %s', (heading, cells, document, version) => {
    const { rows } = reading(acknowledgements, [heading, `Ann Lee,ann@x.org,${cells},2026-10-01`]);
    expect(rows.map((row) => [row.document, row.version])).toEqual([[document, version]]);
  });

  it.each(['Pendiente', 'Pendente', 'Invited'])('takes "%s" for not signed', (answer) => {
    const { rows } = reading(acknowledgements, [
      'Name,Email,Policy version,Signed',
      `Ann Lee,ann@alder.example.org,3,${answer}`,
    ]);
    expect(rows.map(({ acknowledged }) => acknowledged)).toEqual([false]);
  });

  it.each([
    [
      'Learner first name,Learner last name,Learner email,Course title,Status,Progress,Completion date',
      'Ann,Lee,ann@alder.example.org,AI Acceptable Use Policy v3,Completed,100%,2026-10-01',
    ],
    [
      'Learner,Username,Email Address,Course,Enrollment Status,Date Completed',
      'Ann Lee,alee,ann@alder.example.org,AI Acceptable Use Policy v3,Complete,2026-10-01',
    ],
    [
      'Full name,Username,Email address,Course full name,Time completed,Completed',
      'Ann Lee,alee,ann@alder.example.org,AI Acceptable Use Policy v3,"Thursday, 1 October 2026, 9:15 AM",Yes',
    ],
  ])('reads completions of a policy under %j', (heading, line) => {
    const { rows, asks = [] } = reading(acknowledgements, [heading, line]);
    expect(rows).toMatchObject([
      { name: 'Ann Lee', email: 'ann@alder.example.org', version: '3', on: '2026-10-01', acknowledged: true },
    ]);
    expect(asks).toEqual([]);
  });

  it('takes completions of a training alone, a log of events and members of a group for no list of people', () => {
    const best = (name: string, ...lines: readonly string[]) => {
      const found = recognize(
        [{ form: 'table', tables: [readDelimited(Buffer.from(lines.join('\n')))] }],
        name,
      );
      return found.ok ? found.taken.map(({ kind }) => kind.kind) : found.maybe;
    };
    expect(
      best(
        'courses.csv',
        'User,Course,Status,Completed on',
        'Ann Lee,Claude basics training,Completed,2026-10-01',
      ),
    ).toEqual([]);
    expect(
      best(
        'members.csv',
        'Timestamp,ActorEmail,Role,Action',
        '2026-10-01T08:00:00Z,ann@alder.example.org,Admin,role_changed',
      ),
    ).toEqual([]);
    expect(
      best(
        'exportGroupMembers.csv',
        'id,userPrincipalName,displayName,objectType,userType,isUser,isGroup,isGuest',
        'a,ann@alder.example.org,Ann Lee,User,Member,TRUE,FALSE,FALSE',
      ),
    ).not.toContain('entra_users');
  });

  it('knows a list of policies and training of a learning system from a roster', () => {
    const score = (kind: FileKind, name: string, ...lines: readonly string[]) =>
      kind.recognize({ form: 'table', tables: [readDelimited(Buffer.from(lines.join('\n')))] }, name);
    const learning = [
      'User Name,Email,Content Type,Content,Version,Status,Assigned,Date Completed',
      'Ann Lee,ann@alder.example.org,Policy,AI Acceptable Use Policy,3,Acknowledged,2026-09-15,2026-09-20',
    ];
    expect(score(acknowledgements, 'content.csv', ...learning)).toBeGreaterThan(0.5);
    expect(score(roster, 'content.csv', ...learning)).toBeLessThan(0.5);
  });

  it('reads the sentence that people agree to in the heading, in their language', () => {
    for (const [heading, yes, no] of [
      ['J’ai lu et j’accepte la politique (version 1)', 'Oui', 'Non, j’ai des questions'],
      ['Ich habe die Richtlinie gelesen und stimme ihr zu (Version 1)', 'Ja', 'Nein, noch nicht'],
      ['He leído y acepto la política (versión 1)', 'Sí', 'No'],
      ['¿Acepta la política (versión 1)?', 'Sí', 'No'],
    ] as const) {
      const { rows } = reading(acknowledgements, [
        `Email,Name,"${heading}"`,
        `a@x.org,Ann,${yes}`,
        `b@x.org,Ben,"${no}"`,
      ]);
      expect([heading, ...rows.map(({ acknowledged }) => acknowledged)]).toEqual([heading, true, false]);
    }
  });

  it('takes what one person submitted for several as the word of that one only', () => {
    const read = (heading: string, by: readonly string[]) =>
      reading(acknowledgements, [
        `Name,${heading},Policy version,Acknowledged on,I have read and agree`,
        ...['Ann Lee', 'Bo Roe', 'Cy Dow'].map((name, n) => `${name},${by[n] ?? by[0]},v3,2026-11-12,Yes`),
      ]);
    const ann = 'ann.lee@alder.example.org';
    for (const heading of ['Submitted by', 'Respondent', 'Created by', 'Email']) {
      const { rows, says } = read(heading, [ann]);
      expect([heading, ...rows.map(({ acknowledged }) => acknowledged)]).toEqual([heading, true, null, null]);
      expect(rows.slice(1).map(({ submittedBy, email }) => [submittedBy, email])).toEqual([
        [ann, null],
        [ann, null],
      ]);
      expect(says.join()).toContain(`${ann} stands in the rows of 3 people, so 2 rows are not known`);
      expect(read(heading, ['hr@alder.example.org']).rows.map(({ acknowledged }) => acknowledged)).toEqual([
        null,
        null,
        null,
      ]);
    }
    const own = [ann, 'bo.roe@alder.example.org', 'cy.dow@alder.example.org'];
    for (const [heading, by] of [
      ['Submitted by', own],
      ['Created by', ['Survey Service']],
      ['Sent by', ['hr@alder.example.org']],
    ] as const)
      expect(read(heading, by).rows.map(({ acknowledged }) => acknowledged)).toEqual([true, true, true]);
  });

  it('reads the answers of a form in the language of the form, with the time that it writes', () => {
    for (const [time, email, sentence, yes, no] of [
      [
        'Marca temporal',
        'Dirección de correo electrónico',
        'He leído y acepto la política (versión 1)',
        'Sí, acepto',
        'No acepto',
      ],
      [
        'Zeitstempel',
        'E-Mail-Adresse',
        'Ich habe die Richtlinie gelesen (Version 1)',
        'Ja, ich stimme zu',
        'Ich stimme nicht zu',
      ],
      [
        'Horodateur',
        'Adresse e-mail',
        'J’ai lu la politique (version 1)',
        'Oui, j’accepte',
        'Je n’accepte pas',
      ],
      ['Timestamp', 'Email Address', 'I have read the policy (version 1)', 'I agree', 'I do not agree'],
    ] as const) {
      const { rows, asks } = reading(acknowledgements, [
        `${time},${email},"${sentence}"`,
        `2026-10-14 9:33:21,a@x.org,"${yes}"`,
        `2026-10-15 9:33:21,b@x.org,"${no}"`,
      ]);
      expect([time, asks, ...rows.map(({ on, acknowledged }) => [on, acknowledged])]).toEqual([
        time,
        undefined,
        ['2026-10-14', true],
        ['2026-10-15', false],
      ]);
    }
    const answers = [
      'I have read it but do not agree',
      'I understand, but I cannot accept it',
      'I agree that I must not share member data',
    ].map(
      (text) =>
        reading(acknowledgements, ['Email,I accept the policy v1,Date', `a@x.org,"${text}",2026-10-14`])
          .rows[0]?.acknowledged,
    );
    expect(answers).toEqual([null, null, true]);
    for (const text of ['Withdraw my agreement', 'Revoked', 'I withdraw'])
      expect(
        reading(acknowledgements, ['Email,I accept the policy v1,Date', `a@x.org,${text},2026-10-14`])
          .rows[0],
      ).toMatchObject({ acknowledged: false });
  });

  it('leaves out trainings beside policies of a learning system', () => {
    const { rows } = reading(acknowledgements, [
      'Email,Content Name,Content Type,Status,Completion Date',
      'a@x.org,Claude policy v3,Policy,Acknowledged,2026-09-20',
      'a@x.org,Claude policy v3 basics,Training Module,Passed,2026-09-20',
    ]);
    expect(rows.map(({ document }) => document)).toEqual(['Claude policy v3']);
  });

  it('reads a form with its version in the question', () => {
    const { rows } = reading(acknowledgements, [
      'ID,Start time,Completion time,Email,Name,I have read and understood the AI policy v1.2',
      '1,11/2/26 9:01:00,11/2/26 9:03:00,ann@alder.example.org,Ann Lee,Yes',
      '2,11/13/26 9:01:00,11/13/26 9:03:00,anonymous,Bo Roe,No',
    ]);
    expect(
      rows.map(({ email, name, version, on, acknowledged }) => [email, name, version, on, acknowledged]),
    ).toEqual([
      ['ann@alder.example.org', 'Ann Lee', '1.2', '2026-11-02', true],
      [null, 'Bo Roe', '1.2', '2026-11-13', false],
    ]);
  });

  it('keeps what was not answered unknown', () => {
    const { rows, covers } = reading(acknowledgements, [
      'Name,Email,Policy version,Date acknowledged',
      'Ann,ann@alder.example.org,v2.0,2026-11-02',
      'Bo,bo@alder.example.org,v2.0,',
    ]);
    expect(rows.map(({ version, acknowledged }) => [version, acknowledged])).toEqual([
      ['2.0', true],
      ['2.0', null],
    ]);
    expect(covers).toEqual({ from: '2026-11-02', to: '2026-11-02' });
  });

  it('counts several addresses of one person, and none of somebody beside them', () => {
    const { rows, notes } = reading(acknowledgements, [
      'Name,Email,Policy version,Date acknowledged',
      'Ana Belmonte,"ana.ruiz@alder.example.org; ana.belmonte@alder.example.org",3,2026-10-01',
      'Bo Roe,"bo@alder.example.org, bo@alder-old.example.org",3,2026-10-01',
      'Cy Poe,cy@alder.example.org; boss@alder.example.org,3,2026-10-01',
      ',dot@home.example.net; dot.fox@alder.example.org,3,2026-10-01',
      ',eve@alder.example.org; eve.lane@alder.example.org,3,2026-10-01',
    ]);
    expect(rows.map(({ email }) => email?.split('.example')[0])).toEqual([
      'ana.ruiz@alder',
      'ana.belmonte@alder',
      'bo@alder',
      'bo@alder-old',
      'cy@alder',
      'dot@home',
      'dot.fox@alder',
      'eve@alder',
    ]);
    expect(notes).toContainEqual(
      expect.objectContaining({
        row: 4,
        says: expect.stringContaining('boss@alder.example.org appears next to'),
      }),
    );
  });

  it('does not take the date of a list for an acknowledgement', () => {
    const { rows } = reading(acknowledgements, [
      'Name,Email,Acknowledged,Date',
      'Ann,ann@alder.example.org,,2026-11-02',
      'Bo,bo@alder.example.org,Pending,2026-11-02',
      'Cy,cy@alder.example.org,Signed,2026-11-02',
    ]);
    expect(rows.map(({ acknowledged }) => acknowledged)).toEqual([null, false, true]);
  });

  it('takes a column that is called after the policy for the agreement, and no other day or answer of it', () => {
    const acknowledgedBy = (heading: string, cells: readonly [string, string]) =>
      reading(acknowledgements, [
        `Name,Email,Code of conduct policy signed,${heading}`,
        `Ann,ann@alder.example.org,1/5/2026,${cells[0]}`,
        `Bo,bo@alder.example.org,1/6/2026,${cells[1]}`,
      ]).rows.map(({ acknowledged }) => acknowledged);
    expect(acknowledgedBy('AI policy', ['11/2/2026', ''])).toEqual([true, null]);
    expect(acknowledgedBy('Claude AI acceptable use policy signed', ['Yes', 'No'])).toEqual([true, false]);
    for (const what of [
      'assigned',
      'deadline',
      'viewed',
      'declined on',
      'reminder',
      'effective',
      'next review',
    ])
      expect([what, acknowledgedBy(`AI policy ${what}`, ['11/2/2026', '11/3/2026'])]).toEqual([
        what,
        [null, null],
      ]);
    for (const what of ['required', 'outstanding', 'not signed', 'exempt'])
      expect([what, acknowledgedBy(`AI policy ${what}`, ['Yes', 'No'])]).toEqual([what, [null, null]]);
  });
});

describe('Entra users as CSV', () => {
  it('reads the portal and the admin center', () => {
    const portal = reading(entraUsersTable, [
      'userPrincipalName,displayName,mail,id,userType,accountEnabled,alternateEmailAddress',
      'ann@alder.example.org,Ann Lee,ann.lee@alder.example.org,1,Member,True,al@mail.example.com',
      'bo_other.com#EXT#@alder.onmicrosoft.com,Bo Roe,,2,,False,',
    ]);
    expect(
      portal.rows.map(({ upn, mail, aliases, enabled, userType }) => [upn, mail, aliases, enabled, userType]),
    ).toEqual([
      ['ann@alder.example.org', 'ann.lee@alder.example.org', ['al@mail.example.com'], true, 'Member'],
      ['bo_other.com#EXT#@alder.onmicrosoft.com', null, [], false, 'Guest'],
    ]);
    const center = reading(entraUsersTable, [
      'Block credential,Display name,Proxy addresses,User principal name',
      'True,Ann Lee,smtp:al@alder.example.org+SMTP:ann@alder.example.org+X500:/o=x,ann@alder.example.org',
    ]);
    expect(center.rows[0]).toMatchObject({
      enabled: false,
      aliases: ['al@alder.example.org'],
      userType: null,
    });
  });
});

it('lets a person say what a column of a Domain memberships report holds, wherever it asks', () => {
  const { asks = [] } = reading(domainMemberships, [
    'Email,Standing',
    'a.one@rowan.example.org,Here',
    'b.two@rowan.example.org,Elsewhere',
  ]);
  expect(asks.map(({ field }) => field)).toContain('inWorkspace');
  for (const { field } of asks) expect(domainMemberships.fields).toContain(field);
});
