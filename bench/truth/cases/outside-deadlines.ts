import { membersCsv, rosterCsv } from '../documents.ts';
import { counts, is, never, noPass, noPasses, reported, says, silent } from '../model.ts';
import { association, at, onlyGiven, outsideCase, without } from '../outside.ts';
import { acknowledgementTable } from '../tables.ts';
import { yaml } from '../text.ts';

const DOMAIN = 'comfrey.example.org';
const client = association('Comfrey Trust', DOMAIN, 9);
const { people } = client;
const left = at(people, 8);
const NOT_GIVEN = [
  'states',
  'events',
  'domains',
  'policies',
  'applications',
  'sign-ins',
  'users',
  'use',
] as const;
const outsider = (name: string, role: 'User' | 'Owner' = 'User') => ({
  id: '5ea5e100-0000-4000-8000-00000000a001',
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@elsewhere.example.com`,
  role,
  department: '',
});

export const outsideDeadlines = [
  // The charter takes effect next month; until then nothing is decided.
  outsideCase('a-charter-that-is-not-in-force-yet')(
    client.files({ 'charter.yaml': client.charter({ inForceSince: '2026-12-01' }) }),
    [
      counts('members', 9, 'nine seats'),
      is('CON-07', ['fail', 'pending', 'cannot_read'], 'its first day is to come'),
      is('ACC-07', 'pass', 'the lists need no charter'),
      is('ACC-06', ['pass', 'cannot_read'], 'all at our domain'),
      noPasses(
        'the charter is not in force yet',
        'ACC-01 ACC-04 CON-02 CON-07 CON-08 CON-16 CON-19 CON-22 CON-23 CON-28 CON-29 CON-32 M365-02 M365-22 OPS-02 OPS-06 OPS-08 POL-01 POL-02 POL-04 POL-05 POL-09 SHA-08 VIS-13 VIS-15',
      ),
      never('ACC-04', ['fail'], 'nobody has been refused'),
      never('ACC-02', ['fail'], 'one Primary Owner and one Owner'),
      onlyGiven('members', 'journal', 'charter'),
    ].flat(),
    { profile: client.profile() },
  ),
  exceptions(),
  statements(),
  versions(),
];

/** Exceptions that ended yesterday, end today, start next month, have an owner who left, or never end. */
function exceptions() {
  const exception = (control: string, more: object) => ({
    control,
    reason: 'During the move',
    owner: at(people, 2).name,
    approvedBy: at(people, 0).name,
    ...more,
  });
  const shared = { ...outsider('Front Desk'), email: `info@${DOMAIN}` };
  return outsideCase('exceptions-at-their-last-day')(
    client.files({
      'members.csv': membersCsv([...people, outsider('Gale Stone'), shared]),
      'staff.csv': rosterCsv(people, { [left.email]: '2026-10-30' }),
      'charter.yaml': client.charter({
        people: { guests: [], shared: [shared.email] },
        exceptions: [
          exception('CLA-ACC-06', { until: '2026-11-23' }),
          exception('CLA-ACC-08', { until: '2026-11-24' }),
          exception('CLA-ACC-07', { until: '2027-01-31', from: '2026-12-01' }),
          exception('CLA-ACC-09', { until: '2027-01-31', owner: left.name }),
          exception('CLA-ACC-13', {}),
          exception('CLA-OPS-05', { until: '2026-12-24', owner: 'TBD' }),
          exception('CLA-OPS-06', { until: '2026-12-24' }),
        ],
      }),
    }),
    [
      ...reported('ACC-06', 'fail', 'its exception ended yesterday', 'Gale Stone'),
      is('ACC-08', 'accepted', 'the last day is today'),
      is('ACC-07', 'fail', 'its exception begins next month'),
      is('ACC-09', 'fail', 'who owns its exception has left'),
      is('ACC-13', ['fail', 'cannot_read'], 'an exception without an end is none'),
      is('OPS-05', 'fail', 'nobody owns its exception'),
      is('OPS-06', ['accepted', 'cannot_read'], 'never hides what cannot be read'),
      ...reported('OPS-14', 'fail', 'one ended yesterday', 'CLA-ACC-06'),
      never('ACC-06', ['accepted', 'pass'], 'ended yesterday'),
      never('ACC-07', ['accepted', 'pass'], 'begins next month'),
      never('ACC-09', ['accepted', 'pass'], 'who owns it has left'),
      never('ACC-13', ['accepted', 'pass'], 'without an end'),
      never('OPS-05', ['accepted', 'pass'], 'TBD is nobody'),
      never('ACC-08', ['pass', 'fail'], 'accepted until tonight'),
      noPass('OPS-14', 'one ended yesterday'),
      onlyGiven('members', 'journal', 'charter'),
    ].flat(),
    { profile: client.profile() },
  );
}

/** Attestations, some of which do not count because of who made them or when. */
function statements() {
  const seen = (control: string, on: string, by: string, more: object = {}) => ({
    control,
    holds: true,
    seen: on,
    by,
    ...more,
  });
  const bruno = at(people, 1).name;
  return outsideCase('statements-by-whoever-and-whenever')(
    client.files({
      'staff.csv': rosterCsv(people, { [left.email]: '2026-10-30' }),
      'members.csv': membersCsv(people.slice(0, 8)),
      'attestations.yaml': yaml({
        attestations: [
          seen('CLA-ACC-11', '2026-11-20', bruno),
          seen('CLA-ACC-12', '2026-11-20', left.name),
          seen('CLA-ACC-14', '2026-12-05', bruno),
          seen('CLA-ACC-15', '2026-11-20', bruno),
          seen('CLA-ACC-19', '2026-08-01', bruno),
          seen('CLA-CON-17', '2026-11-20', bruno, { expires: '2026-11-23' }),
          seen('CLA-CON-18', '2026-11-20', bruno, { holds: false }),
          seen('CLA-SHA-01', '2026-11-20', 'Compliance bot'),
          seen('CLA-SHA-08', '2026-11-20', 'n/a'),
          seen('CLA-VIS-01', '2026-10-20', bruno),
          seen('CLA-CON-16', '2026-11-20', bruno),
          seen('CLA-M365-20', '2026-11-20', bruno),
          seen('CLA-ACC-02', '2026-11-20', left.name),
          seen('CLA-CON-15', '2026-11-20', bruno),
          seen('CLA-ACC-10', '2026-10-29', left.name),
        ],
      }),
    }),
    [
      is('ACC-11', 'pass', 'seen four days ago by the IT lead'),
      is('ACC-12', ['cannot_read', 'fail'], 'whoever says so left before that day'),
      is('ACC-14', ['cannot_read', 'fail'], 'nobody saw what is to come'),
      is('ACC-15', ['not_licensed'], 'Team has no directory sync'),
      is('ACC-19', 'cannot_read', 'older than 90 days'),
      is('CON-17', 'cannot_read', 'it ended yesterday'),
      is('CON-18', ['fail', 'not_licensed'], 'it does not hold'),
      is('VIS-01', 'cannot_read', 'older than 31 days'),
      is('CON-16', 'pass', 'decided in the charter, and seen'),
      is('CON-15', ['pass', 'not_licensed'], 'seen four days ago'),
      is('ACC-02', 'pass', 'the members show it'),
      noPasses('whoever says so had left', 'ACC-12'),
      noPasses('to come', 'ACC-14'),
      noPasses('it has run out', 'ACC-19 CON-17 VIS-01'),
      noPasses('a program saw nothing', 'SHA-01'),
      noPasses('nobody is named', 'SHA-08'),
      noPasses('no statement can show it', 'M365-20'),
      noPasses('it does not hold', 'CON-18'),
      never('ACC-11', ['fail', 'cannot_read'], 'seen'),
      silent('ACC-12', /passes/i, 'it does not'),
      without(...NOT_GIVEN.filter((one) => one !== 'domains'), 'acknowledgments'),
      noPasses('no report was given', 'SHA-02 SHA-03 SHA-04'),
    ].flat(),
    { profile: client.profile() },
  );
}

/** Acknowledgments of an older version, from before the version was published, and of a draft. */
function versions() {
  const [adele, bruno, carla, dimitri, elena, ...rest] = people;
  const row = (one: typeof adele, document: string, on: string) => [
    one?.name ?? '',
    one?.email ?? '',
    document,
    on,
  ];
  return outsideCase('acknowledgments-of-other-versions')(
    client.files({
      'acknowledged.csv': acknowledgementTable([
        row(adele, 'Claude policy v3', '2026-09-20'),
        row(bruno, 'Claude policy v2', '2026-05-20'),
        row(carla, 'Claude policy v3', '2026-08-01'),
        row(dimitri, 'Claude policy v3 (draft)', '2026-09-02'),
        row(elena, 'Claude policy v2', '2026-05-20'),
        row(elena, 'Claude policy v3', '2026-09-21'),
        ...rest.map((one) => row(one, 'Claude policy v3', '2026-09-21')),
      ]),
    }),
    [
      ...reported('POL-03', 'fail', 'some know only an older version', 'Bruno Brenner', 'Carla Corelli'),
      says('POL-03', 'Dimitri Dufour', 'a draft'),
      silent('POL-03', 'Elena Esposito', 'acknowledged both'),
      silent('POL-03', 'Adele Abbott', 'acknowledged'),
      noPasses('three have not acknowledged version 3', 'POL-03'),
      never('POL-06', ['pass'], 'three have not acknowledged version 3'),
      never('POL-07', ['pass'], 'three have not acknowledged version 3'),
      never('POL-08', ['pass'], 'three have not acknowledged version 3'),
      onlyGiven('members', 'acknowledgments', 'journal', 'charter'),
    ].flat(),
    { profile: client.profile() },
  );
}
