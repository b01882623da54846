import type { Report } from '../model.ts';

type File = Report['files'][number];

function file(name: string, kind: string | null, kindName: string | null, rest: Partial<File> = {}): File {
  return {
    file: name,
    bytes: 18_204,
    sha256: [...name]
      .reduce((hash, c) => (hash * 31 + (c.codePointAt(0) ?? 0)) % 0xffffffff, 7)
      .toString(16)
      .padStart(8, '0')
      .repeat(8),
    outcome: 'taken',
    kind,
    kindName,
    observedOn: '2026-11-20',
    dateFrom: 'content',
    rows: 64,
    mapping: [],
    unmapped: [],
    notes: [],
    problem: null,
    ...rest,
  };
}

export function files(): File[] {
  return [
    file('Claude members export.csv', 'members', 'members file', {
      observedOn: '2026-11-24',
      mapping: [
        { column: 'E-mail', field: 'email', how: 'heading and content' },
        { column: 'Full Name', field: 'name', how: 'heading' },
        { column: 'Org role', field: 'role', how: 'heading and content' },
        { column: 'Last Active', field: 'lastActiveOn', how: 'heading' },
      ],
      unmapped: ['Notes (internal)', '=cmd|calc'],
      notes: [{ row: 41, column: 'Last Active', says: '“never” is not a date. Stored as empty.' }],
    }),
    file('HR/Staff list Nov.xlsx', 'roster', 'staff roster', {
      observedOn: '2026-11-23',
      dateFrom: 'name',
      rows: 61,
    }),
    file('domain-memberships.json', 'domain_memberships', 'Domain memberships report', { rows: 71 }),
    file('connectors (Dana).xlsx', 'connectors', 'connectors table', {
      observedOn: '2026-11-24',
      dateFrom: 'stated',
      rows: 41,
    }),
    file('logs/audit_2026-11-23.zip', 'audit_log', 'audit log', { observedOn: '2026-11-23', rows: 18_422 }),
    file('graph/policies.json', 'ca_policies', 'Conditional Access policies', { rows: 6, dateFrom: 'saved' }),
    file('policy v3 signatures.csv', 'acknowledgements', 'policy acknowledgments', {
      observedOn: '2026-11-22',
      rows: 58,
    }),
    file('charter.yaml', 'charter', 'charter', { outcome: 'document', rows: null }),
    file('journal.yaml', 'journal', 'journal', { outcome: 'document', rows: null }),
    file('old/settings.json', 'settings', 'settings file', { observedOn: '2026-09-08', rows: 1 }),
    file('members (October).csv', 'members', 'members file', {
      outcome: 'replaced',
      observedOn: '2026-10-21',
    }),
    file('</script><script>alert(3)</script>.csv', null, null, {
      outcome: 'malformed',
      observedOn: null,
      dateFrom: null,
      rows: null,
      problem: 'Row 212, column 4: a quotation mark opens here and never closes.',
    }),
    file('holiday\u202egpj.exe', null, null, {
      outcome: 'not_placed',
      observedOn: null,
      dateFrom: null,
      rows: null,
      problem: 'It is like no file that Bylaw knows.',
    }),
  ];
}

export function notRead(): Report['notRead'] {
  return [
    {
      what: 'The settings file',
      kind: 'settings',
      why: 'It is from Sep 8, 2026, 77 days old. It is valid for 60 days.',
      howToGet: 'An Owner exports it under Organization settings > Data.',
      controls: ['CLA-CON-15', 'CLA-CON-16'],
    },
    {
      what: 'The spend or usage file',
      kind: 'usage',
      why: 'The newest covers August 2026. It counts for 45 days.',
      howToGet: 'An Owner exports it under Analytics > Export.',
      controls: ['CLA-VIS-08'],
    },
    {
      what: '</script><script>alert(3)</script>.csv',
      kind: 'malformed',
      why: 'Row 212, column 4: a quotation mark opens here and never closes.',
      howToGet: 'Correct the file or export it again.',
      controls: [],
    },
    {
      what: 'holiday\u202egpj.exe',
      kind: 'not_placed',
      why: 'It is like no file that Bylaw knows.',
      howToGet: 'If it matters, name what it is: --map KIND=FILE',
      controls: [],
    },
  ];
}
