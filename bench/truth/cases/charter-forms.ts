import { clientsOf, DOMAIN, type Person, profile, staff } from '../client.ts';
import { charter, excepted, journal, membersCsv, memberships, peopleFiles, reviewed } from '../documents.ts';
import { ENTERPRISE, SETTINGS, settings } from '../enterprise.ts';
import { file, is, noPass, reported, type TruthCase } from '../model.ts';
import { yaml } from '../text.ts';

/** Charters and profiles in which people decided nothing, or something impossible. */
const client = clientsOf('charter-forms');
const people = staff(20);
const base = peopleFiles(people);
const [owner, deputy] = people as [Person, Person];
const decided = (more: object) => ({ ...base, 'charter.yaml': charter(people, more) });
const seen = (control: string) =>
  yaml({ attestations: [{ control, holds: true, seen: '2026-11-18', by: deputy.name }] });

const recovery = ['yes', 'no', 'not yet', 'to do'].map((recoveryPlan) =>
  client(`recovery-plan-${recoveryPlan.replace(' ', '-')}`)(decided({ recoveryPlan }), [
    noPass('ACC-03', 'the word describes no way back in'),
  ]),
);

const extensions = ['*', 'TBD'].map((one) =>
  client(`desktop-extensions-${one === '*' ? 'any' : one.toLowerCase()}`)(
    { ...decided({ desktopExtensions: [one] }), 'seen.yaml': seen('CLA-CON-15') },
    [noPass('CON-15', 'the charter names no extension, so nobody saw that only its own are on the list')],
  ),
);

const primaryElsewhere = client('primary-owner-at-a-mail-provider')(
  {
    ...decided({ people: { same: [[owner.email, 'adele@gmail.com']] } }),
    'members.csv': membersCsv([{ ...owner, email: 'adele@gmail.com' }, ...people.slice(1)]),
  },
  [
    is('ACC-01', 'fail', 'it is one person, and the mailbox that holds Claude is a private one'),
    is('ACC-05', 'fail', 'the owner uses a private address'),
  ],
);

const deputyMailbox = client('deputy-is-a-mailbox')(
  decided({ governanceDeputy: { name: 'IT Team', email: `it@${DOMAIN}` } }),
  reported('OPS-02', 'cannot_read', 'a mailbox of several people covers for nobody', /IT Team/),
);

const inviteMailProvider = client('charter-invites-a-mail-provider')(
  {
    ...decided({ inviteDomains: [DOMAIN, 'gmail.com'] }),
    'settings.json': settings({ ...SETTINGS, allowed_invite_domains: [DOMAIN, 'gmail.com'] }),
  },
  reported('ACC-11', 'fail', 'anyone can open an address there, whatever the charter says', /gmail\.com/),
  ENTERPRISE,
);

const rareReviews = client('monthly-reviews-every-ten-years')(
  {
    ...decided({ reviewDays: { monthly: 3650, quarterly: 3650, scopes: 3650 } }),
    'journal.yaml': journal(people, {
      reviews: [
        reviewed('quarterly', '2026-01-12', owner.name),
        reviewed('monthly', '2026-02-10', owner.name),
      ],
    }),
  },
  [
    ...reported('OPS-03', 'fail', 'nine months without a review are no monthly review', /3,650 days/),
    is('OPS-01', 'fail', 'ten months without a review are no quarterly review'),
    noPass('VIS-02', 'use was last looked at in February'),
  ],
);

const policyAhead = client('policy-is-published-tomorrow')(
  decided({
    policy: {
      version: 'v4',
      published: '2026-11-25',
      approvedBy: owner.name,
      contact: `help@${DOMAIN}`,
      clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
      noticeCovers: ['usage', 'connectors', 'sign-ins', 'audit log', 'telemetry'],
    },
  }),
  ['POL-02', 'POL-04', 'POL-05'].flatMap((control) =>
    reported(control, 'cannot_read', 'a policy of tomorrow says nothing of the one of today', /Nov 25, 2026/),
  ),
);

const test = { siemTest: { on: '2026-10-22', by: deputy.name, arrived: true } };
const siems = [
  ['no', 'not_applicable', 'no is none'],
  ['n/a', 'not_applicable', 'it does not apply where there is none'],
  ['TBD', 'cannot_read', 'what is to be decided is not stated'],
].map(([siem, state, why]) =>
  client(`siem-${siem?.replace('/', '')}`)(
    { ...base, 'journal.yaml': journal(people, test) },
    [is('VIS-07', state as 'cannot_read', why ?? '')],
    { profile: profile({ siem }) },
  ),
);

const noSuchControl = client('exception-for-no-control')(
  decided({
    exceptions: [
      excepted('CLA-SHA-88', 'New laptops', owner.name, '2027-01-31', { approvedBy: deputy.name }),
    ],
  }),
  reported('OPS-14', 'fail', 'it covers nothing, and somebody believes that it does', /CLA-SHA-88/),
);

const anything = client('exception-for-anything')(
  {
    ...decided({
      exceptions: [
        excepted('CLA-ACC-06', 'Partner', owner.name, '2027-01-31', {
          items: ['*'],
          approvedBy: deputy.name,
        }),
      ],
    }),
    'members.csv': membersCsv([...people, { ...owner, name: 'Pat Lund', email: 'pat@elsewhere.example' }]),
  },
  reported('ACC-06', 'fail', 'the exception names no seat', /Adele Abbott names \*/),
);

const seenForNothing = client('statement-for-a-control-that-takes-none')(
  { ...base, 'seen.yaml': seen('CLA-ACC-06') },
  [file('seen.yaml', 'document', 'somebody believes that it counts', /CLA-ACC-06.*counts for nothing/)],
);

const noSuchFile = client('journal-dates-no-file')(
  {
    ...base,
    'memberships.json': memberships([], people),
    'journal.yaml': journal(people, { exported: [{ what: 'memebrs', on: '2025-11-20' }] }),
  },
  [{ kind: 'anywhere', text: /memebrs/, why: 'the day that was written down is of some file' }],
);

export const charterFormCases: readonly TruthCase[] = [
  ...recovery,
  ...extensions,
  primaryElsewhere,
  deputyMailbox,
  inviteMailProvider,
  rareReviews,
  policyAhead,
  ...siems,
  noSuchControl,
  anything,
  seenForNothing,
  noSuchFile,
];
