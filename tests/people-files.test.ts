import { describe, expect, it } from 'vitest';
import { assessFiles } from './support/client-folder.ts';

const MEMBERS = [
  'Name,Email,Role,Seat Tier,Status',
  'Dana Whitlock,dana@alder.example.org,Primary Owner,Standard,Active',
  'Kim Osei,kim@alder.example.org,Owner,Standard,Active',
  'Noor Vasquez,noor@alder.example.org,User,Standard,Active',
].join('\n');
const JOURNAL =
  'offboardings: []\nexported:\n  - { what: members, on: 2026-11-24 }\n  - { what: roster, on: 2026-11-24 }\n';
const EXPORTED = JOURNAL.slice(JOURNAL.indexOf('exported'));
const CHARTER = 'version: 1\nseatsFor: everyone\nprovisioning: jit\n';

/**
 * Controls that depend on who works here: seats of leavers, leavers with just-in-time provisioning, invitations of
 * everyone, offboarding.
 */
const ON_STAFF = ['CLA-ACC-07', 'CLA-ACC-16', 'CLA-ACC-20', 'CLA-OPS-05', 'CLA-CON-26'] as const;

const withRoster = (lines: readonly string[], name = 'staff roster.csv') =>
  assessFiles({
    'members.csv': MEMBERS,
    [name]: lines.join('\n'),
    'journal.yaml': JOURNAL,
    'charter.yaml': CHARTER,
  });

describe('a roster that does not say who works here', () => {
  it.each([
    [
      'neither last day nor status',
      [
        'Name,Email,Department,Job Title',
        'Dana Whitlock,dana@alder.example.org,Board,CEO',
        'Kim Osei,kim@alder.example.org,IT,Lead',
        'Noor Vasquez,noor@alder.example.org,IT,Clerk',
      ],
      'no column',
    ],
    [
      'a heading that is not known',
      [
        'Name,Email,Department,Utträdesdatum',
        'Dana Whitlock,dana@alder.example.org,Board,',
        'Kim Osei,kim@alder.example.org,IT,',
        'Noor Vasquez,noor@alder.example.org,IT,2026-10-02',
      ],
      'Utträdesdatum',
    ],
    [
      'a status that cannot be read',
      [
        'Name,Email,Department,Status',
        'Dana Whitlock,dana@alder.example.org,Board,Active',
        'Kim Osei,kim@alder.example.org,IT,Active',
        'Noor Vasquez,noor@alder.example.org,IT,Blorked',
      ],
      '“Blorked”',
    ],
    [
      'a last day that cannot be read',
      [
        'Name,Email,Department,Last working day',
        'Dana Whitlock,dana@alder.example.org,Board,',
        'Kim Osei,kim@alder.example.org,IT,',
        'Noor Vasquez,noor@alder.example.org,IT,end of summer',
      ],
      '“end of summer”',
    ],
    [
      'an empty status without a last day',
      [
        'Name,Email,Department,Status',
        'Dana Whitlock,dana@alder.example.org,Board,Active',
        'Kim Osei,kim@alder.example.org,IT,Active',
        'Noor Vasquez,noor@alder.example.org,IT,',
      ],
      '“Status”',
    ],
    [
      'two rows of one person that say the opposite',
      [
        'Name,Email,Department,Status,Last working day',
        'Dana Whitlock,dana@alder.example.org,Board,Active,',
        'Kim Osei,kim@alder.example.org,IT,Active,',
        'Noor Vasquez,noor@alder.example.org,IT,Active,',
        'Noor Vasquez,Noor@alder.example.org,IT,Left,2026-10-02',
      ],
      'Noor Vasquez',
    ],
  ])('clears nobody: %s', async (_what, lines, says) => {
    const { verdict, report } = await withRoster(lines);
    for (const id of ON_STAFF)
      expect([id, verdict(id).state, verdict(id).reason]).toEqual([
        id,
        'cannot_read',
        expect.stringContaining(says),
      ]);
    expect(report.people.staff).not.toBe(3);
  });

  it('counts someone who came back, whose newer row begins after the last day of the older', async () => {
    const { verdict } = await withRoster([
      'Name,Email,Status,Start date,Last working day',
      'Dana Whitlock,dana@alder.example.org,Active,2019-01-07,',
      'Kim Osei,kim@alder.example.org,Active,2020-03-02,',
      'Noor Vasquez,noor@alder.example.org,Left,2021-03-01,2024-10-02',
      'Noor Vasquez,noor@alder.example.org,Active,2026-01-05,',
    ]);
    expect(verdict('CLA-ACC-07').state).toBe('pass');
  });

  it('counts people where a column says so, also an empty column of last days', async () => {
    const { verdict, report } = await withRoster([
      'Name,Email,Department,Last working day',
      'Dana Whitlock,dana@alder.example.org,Board,',
      'Kim Osei,kim@alder.example.org,IT,',
      'Noor Vasquez,noor@alder.example.org,IT,',
    ]);
    for (const id of ON_STAFF)
      expect([id, verdict(id).state, verdict(id).reason]).toEqual([id, 'pass', expect.any(String)]);
    expect(report.people.staff).toBe(3);
  });

  it('reads the day numbers of a spreadsheet as days', async () => {
    const { verdict } = await withRoster([
      'Name,Email,Department,Last working day',
      'Dana Whitlock,dana@alder.example.org,Board,',
      'Kim Osei,kim@alder.example.org,IT,',
      'Noor Vasquez,noor@alder.example.org,IT,46295',
    ]);
    expect(verdict('CLA-ACC-07').reason).toContain('Noor Vasquez');
    expect(verdict('CLA-ACC-07').state).toBe('fail');
    expect(verdict('CLA-ACC-07').items[0]?.detail).toContain('Sep 30, 2026');
  });
});

describe('names and addresses', () => {
  it('does not call a preferred first name a former name', async () => {
    const { report } = await assessFiles({
      'members.csv': 'Name,Email,Role,Status\nBob Osei,bob.osei@alder.example.org,User,Active\n',
      'staff roster.csv':
        'First Name,Last Name,Preferred First Name,Employee ID,Status\nRobert,Osei,Bob,17,Active\n',
    });
    expect(report.people.matched.map(({ words }) => words)).toEqual([
      'The roster lists “Bob Osei” as another name of Robert Osei',
    ]);
  });

  it('takes the written and the punycode form of a domain for one', async () => {
    const { report, verdict } = await assessFiles(
      {
        'members.csv': 'Name,Email,Role,Status\nKim Osei,kim@müller.example,Owner,Active\n',
        'staff roster.csv': 'Name,Email,Department,Status\nKim Osei,kim@xn--mller-kva.example,IT,Active\n',
      },
      'domains: [müller.example]\n',
    );
    expect(report.people.guests).toEqual([]);
    expect(report.people.matched).toHaveLength(1);
    expect(verdict('CLA-ACC-07').state).toBe('pass');
  });
});

const PERSONAL = 'Email,Plan,In workspace,Organization\n';

describe('the Domain memberships report', () => {
  it('counts nobody at a look-alike or foreign domain as ours, and does not pass over them', async () => {
    const files = {
      'members.csv': MEMBERS,
      'domain memberships.csv': `${PERSONAL}dana@alder.example.org,Team,yes,Alder\nx@a1der.example.org,Free,no,\ny@other.example.com,Pro,no,\n`,
    };
    const { report, verdict } = await assessFiles(files);
    expect(report.people.personalAccounts).toEqual([]);
    const closed = verdict('CLA-SHA-03');
    expect([closed.state, closed.reason]).toEqual([
      'cannot_read',
      expect.stringContaining('x@a1der.example.org (a1der.example.org looks like alder.example.org'),
    ]);
    expect(closed.reason).toContain('other.example.com');
  });

  it('adds up reports of one day of which each speaks of a domain of its own', async () => {
    const { report, verdict } = await assessFiles(
      {
        'domain memberships a.csv': `${PERSONAL}kim@alder.example.org,Free,no,\n`,
        'domain memberships b.csv': `${PERSONAL}noor@alder.example.com,Pro,no,\n`,
      },
      'domains: [alder.example.org, alder.example.com]\n',
    );
    expect(report.people.personalAccounts?.map(({ email }) => email).sort()).toEqual([
      'kim@alder.example.org',
      'noor@alder.example.com',
    ]);
    expect(verdict('CLA-SHA-03').items).toHaveLength(2);
    // Without a report, their number is unknown rather than zero.
    expect((await assessFiles({ 'members.csv': MEMBERS })).report.people.personalAccounts).toBeNull();
  });
});

describe('acknowledgements', () => {
  const POLICY = 'version: 1\npolicy: { version: v3, published: 2026-09-12, approvedBy: Dana Whitlock }\n';
  const acknowledged = async (lines: readonly string[]) =>
    (
      await assessFiles({
        'members.csv': MEMBERS,
        'policy acknowledgements.csv': lines.join('\n'),
        'charter.yaml': POLICY,
      })
    ).verdict('CLA-POL-03');

  it('takes a day in the column of the answer for an acknowledgement on that day', async () => {
    const { state, reason } = await acknowledged([
      'Name,Email,Policy version,Acknowledged',
      'Dana Whitlock,dana@alder.example.org,v3,2026-09-14',
      'Kim Osei,kim@alder.example.org,v3,9/15/2026',
      'Noor Vasquez,noor@alder.example.org,v3,No',
    ]);
    expect([state, reason]).toEqual(['fail', expect.stringContaining('1 of 3')]);
    expect(reason).toContain('Noor Vasquez');
  });

  it('names rows whose version or answer cannot be determined, and counts them neither as done nor as missing', async () => {
    const { state, items } = await acknowledged([
      'Name,Email,Policy version,Acknowledged',
      'Dana Whitlock,dana@alder.example.org,v3,Yes',
      'Kim Osei,kim@alder.example.org,,Yes',
      'Noor Vasquez,noor@alder.example.org,v3,perhaps',
    ]);
    expect([state, items.map(({ label }) => label)]).toEqual(['cannot_read', ['Kim Osei', 'Noor Vasquez']]);
  });
});

describe('files in other languages', () => {
  const ROSTERS: readonly (readonly [string, readonly string[]])[] = [
    [
      'German',
      [
        'Personalnummer;Nachname;Vorname;E-Mail-Adresse;Abteilung;Eintrittsdatum;Austrittsdatum;Beschäftigungsstatus;Vorgesetzter',
        '1;Whitlock;Dana;dana@alder.example.org;Vorstand;01.02.2019;;aktiv;eve@alder.example.org',
        '2;Osei;Kim;kim@alder.example.org;IT;15. März 2021;;Elternzeit;dana@alder.example.org',
        '3;Vasquez;Noor;noor@alder.example.org;IT;04.05.2022;03.10.2026;ausgeschieden;dana@alder.example.org',
      ],
    ],
    [
      'French',
      [
        "Matricule;Nom;Prénom;Adresse e-mail;Service;Date d'embauche;Date de départ;Statut",
        '1;Whitlock;Dana;dana@alder.example.org;Direction;1er févr. 2019;;actif',
        '2;Osei;Kim;kim@alder.example.org;IT;05/03/2021;;congé parental',
        '3;Vasquez;Noor;noor@alder.example.org;IT;04/05/2022;3 octobre 2026;parti',
      ],
    ],
    [
      'Spanish',
      [
        'Número de empleado;Nombre;Apellidos;Correo electrónico;Departamento;Fecha de alta;Último día de trabajo;Estado',
        '1;Dana;Whitlock;dana@alder.example.org;Dirección;01/02/2019;;activo',
        '2;Kim;Osei;kim@alder.example.org;IT;05/03/2021;;excedencia',
        '3;Noor;Vasquez;noor@alder.example.org;IT;04/05/2022;03/10/2026;de baja',
      ],
    ],
  ];

  it.each(ROSTERS)('reads a %s roster', async (_language, lines) => {
    const { verdict, report } = await withRoster(lines, 'liste.csv');
    expect(report.people.staff).toBe(2);
    const seats = verdict('CLA-ACC-07');
    expect([seats.state, seats.items.map(({ label }) => label)]).toEqual(['fail', ['Noor Vasquez']]);
    expect(seats.items[0]?.detail).toContain('Oct 3, 2026');
    expect(report.people.matched.map(({ staff }) => staff)).toContain('Dana Whitlock');
  });

  it.each([
    [
      'German',
      'Name;E-Mail-Adresse;Rolle;Lizenztyp;Status',
      'Haupteigentümer;Standard;aktiv',
      'Benutzer;Standard;eingeladen',
    ],
    [
      'French',
      'Nom;Adresse e-mail;Rôle;Type de licence;Statut',
      'Propriétaire principal;Standard;actif',
      'Utilisateur;Standard;en attente',
    ],
    [
      'Spanish',
      'Nombre completo;Correo electrónico;Rol;Tipo de licencia;Estado',
      'Propietaria principal;Standard;activa',
      'Usuario;Standard;invitado',
    ],
  ])('reads a %s members file', async (_language, heading, owner, invited) => {
    const { report, files } = await assessFiles({
      'claude.csv': `${heading}\nDana Whitlock;dana@alder.example.org;${owner}\nKim Osei;kim@alder.example.org;${invited}\n`,
      'staff roster.csv':
        'Name,Email,Status\nDana Whitlock,dana@alder.example.org,Active\nKim Osei,kim@alder.example.org,Active\n',
    });
    expect(files.find(({ file }) => file === 'claude.csv')?.kind).toBe('members');
    expect(report.people.owners.map(({ words }) => words)).toEqual(['Primary Owner']);
  });

  it('reads a German list of acknowledgements', async () => {
    const { verdict } = await assessFiles({
      'members.csv': MEMBERS,
      'Kenntnisnahmen.csv':
        'Name;E-Mail;Version der Richtlinie;Zur Kenntnis genommen;Bestätigt am\nDana Whitlock;dana@alder.example.org;v3;ja;14.09.2026\nKim Osei;kim@alder.example.org;v3;ja;05.10.2026\nNoor Vasquez;noor@alder.example.org;v3;nein;\n',
      'charter.yaml':
        'version: 1\npolicy: { version: v3, published: 2026-09-12, approvedBy: Dana Whitlock }\n',
    });
    expect(verdict('CLA-POL-03').reason).toContain('1 of 3');
  });
});

describe('people who leave', () => {
  const roster = (lastDay: string) =>
    `Name,Email,Department,Last working day\nDana Whitlock,dana@alder.example.org,Board,\nKim Osei,kim@alder.example.org,IT,\nNoor Vasquez,noor@alder.example.org,IT,${lastDay}\n`;

  it('is due today for someone who leaves today', async () => {
    const { verdict } = await assessFiles({
      'members.csv': MEMBERS,
      'staff roster.csv': roster('2026-11-24'),
      'journal.yaml': JOURNAL,
    });
    const { state, due, items } = verdict('CLA-OPS-05');
    expect([state, due]).toEqual(['pending', '2026-11-24']);
    expect(items[0]?.label).toContain('Noor Vasquez');
  });

  it('does not call someone overdue who never was in Claude', async () => {
    const offboarding =
      'offboardings:\n  - { email: old@alder.example.org, lastDay: 2026-05-01, entraDisabled: 2026-05-01, mfaRevoked: 2026-05-01 }\n';
    const files = { 'members.csv': MEMBERS, 'staff roster.csv': roster('') };
    const before = await assessFiles({
      ...files,
      'journal.yaml': `firstInvitation: 2026-09-15\n${offboarding}${EXPORTED}`,
    });
    expect(before.verdict('CLA-OPS-05').state).toBe('pass');
    const since = await assessFiles({
      ...files,
      'journal.yaml': `firstInvitation: 2026-04-15\n${offboarding}${EXPORTED}`,
    });
    expect(since.verdict('CLA-OPS-05').state).toBe('fail');
  });

  it('says that the Primary Owner has left, also beside two other owners', async () => {
    const { verdict } = await assessFiles({
      'members.csv': `${MEMBERS}\nBo Lind,bo@alder.example.org,Owner,Standard,Active\n`,
      'staff roster.csv': `${roster('').replace('Board,', 'Board,2026-10-01')}Bo Lind,bo@alder.example.org,IT,\n`,
      'charter.yaml':
        'version: 1\naccountOwner: dana@alder.example.org\nrecoveryPlan: The board holds the mailbox\n',
    });
    expect(verdict('CLA-ACC-01').state).toBe('fail');
    const { state, reason } = verdict('CLA-ACC-03');
    expect([state, reason]).toEqual([
      'fail',
      expect.stringContaining('The Primary Owner, Dana Whitlock, has left'),
    ]);
  });
});
