import { describe, expect, it } from 'vitest';
import type { FileKind } from '../file-kind.ts';
import { recognize } from '../folder/recognize.ts';
import { readDelimited } from '../read/csv.ts';
import { reading } from '../table/testing.ts';
import { acknowledgements } from './acknowledgements.ts';
import { roster } from './roster.ts';

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
  ])('reads “%s” as version %s', (title, version) => {
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

  it('reads the answer, not the question about which policy it is', () => {
    const { rows } = reading(acknowledgements, [
      'ID,Completion time,Email,Name,Which policy are you acknowledging?,I have read and agree to follow it',
      '1,9/3/26 9:00:59,ann@alder.example.org,Ann Lee,Acceptable Use Policy: Claude AI v1.2,Yes',
      '2,9/14/26 9:00:59,ben@alder.example.org,Ben Ito,Acceptable Use Policy: Claude AI v1.2,No',
    ]);
    expect(rows.map(({ version, acknowledged }) => [version, acknowledged])).toEqual([
      ['1.2', true],
      ['1.2', false],
    ]);
  });

  it('reads the name that a form asks for, since the address may be a private one', () => {
    const { rows } = reading(acknowledgements, [
      'Timestamp,Email Address,Your name,I have read the Claude policy (version 1) and will follow it.',
      '9/17/2026 9:12:44,annie1961@mail.example.com,Ann Lee,I agree',
    ]);
    expect(rows.map(({ name, email }) => [name, email])).toEqual([['Ann Lee', 'annie1961@mail.example.com']]);
  });

  it.each(['Pendiente', 'Pendente', 'Invited'])('takes “%s” for not signed', (answer) => {
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
      expect(says.join()).toContain(`${ann} appears in the rows of 3 people, so 2 rows are not known`);
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

  it.each(['AUP version', 'Which version of the policy have you read?'])(
    'reads versions below “%s”',
    (heading) => {
      const { rows } = reading(acknowledgements, [
        `Name,Email,${heading},Acknowledged on,I agree`,
        'Ann Lee,ann@alder.example.org,2.0,2026-10-01,Yes',
        'Bo Kim,bo@alder.example.org,1.0,2026-10-01,Yes',
      ]);
      expect(rows.map(({ version, acknowledged }) => [version, acknowledged])).toEqual([
        ['2.0', true],
        ['1.0', true],
      ]);
    },
  );

  it.each([
    ['Acknowledged', 'N/A', 'Team', 'A'],
    ['Acknowledged', 'Yes', 'Signed', 'No'],
    ['Acknowledged', 'Yes', 'Acknowledged by', 'Manager'],
    ['Acknowledged', 'Yes', 'Expires', '2026-01-01'],
    ['Acknowledged', 'Yes', 'Valid until', '2026-01-01'],
  ])('is not sure of “%s: %s” beside “%s: %s”', (heading, answer, beside, text) => {
    const { rows } = reading(acknowledgements, [
      `Name,Email,Policy version,${heading},Acknowledged on,${beside}`,
      `Ann Lee,ann@alder.example.org,3,${answer},2025-10-01,${text}`,
    ]);
    expect(rows.map(({ acknowledged }) => acknowledged)).toEqual([null]);
  });

  it.each([
    ['Signed', 'Yes'],
    ['Acknowledged by', 'Ann Lee'],
    ['Expires', '2099-01-01'],
    ['Envelope,Expires', 'Claude policy v3,2026-01-01'],
  ])('is sure of a yes beside “%s: %s”', (beside, text) => {
    const { rows } = reading(acknowledgements, [
      `Name,Email,Policy version,Acknowledged,Acknowledged on,${beside}`,
      `Ann Lee,ann@alder.example.org,3,Yes,2025-10-01,${text}`,
    ]);
    expect(rows.map(({ acknowledged }) => acknowledged)).toEqual([true]);
  });

  it.each([
    ['Ann Lee', 'refused to sign', ''],
    ['Ann Lee (declined)', '', ''],
    ['Ann Lee*', '', '* signed by manager on her behalf'],
  ])('is not sure of the signature of “%s” with “%s”', (name, comment, below) => {
    const read = (who: string, said: string) =>
      reading(acknowledgements, [
        'Name,Email,Document,Signed on,Comments',
        `${who},ann@alder.example.org,Claude AUP v4,2026-10-01,${said}`,
        'Bo Kim,bo@alder.example.org,Claude AUP v4,2026-10-01,',
        ...(below === '' ? [] : [below]),
      ]).rows.map(({ acknowledged }) => acknowledged);
    expect(read(name, comment)).toEqual([null, true]);
    expect(read('Ann Lee (Denver)', 'signed on paper')).toEqual([true, true]);
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

  it('takes the name from first and last name where a form was answered anonymously', () => {
    const { rows } = reading(acknowledgements, [
      'ID,Start time,Completion time,Email,Name,First name,Last name,I have read and understood the AI policy v1.2',
      '1,11/2/26 9:01:00,11/2/26 9:03:00,anonymous,anonymous,Ann,Lee,Yes',
      '2,11/13/26 9:01:00,11/13/26 9:03:00,anonymous,anonymous,Bo,Roe,No',
    ]);
    expect(rows.map(({ email, name, acknowledged }) => [email, name, acknowledged])).toEqual([
      [null, 'Ann Lee', true],
      [null, 'Bo Roe', false],
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
