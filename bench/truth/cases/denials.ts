import { clientsOf, DOMAIN, type Person, staff } from '../client.ts';
import { charter, journal, peopleFiles, reviewed, rosterCsv } from '../documents.ts';
import { ENTERPRISE, event, feed } from '../enterprise.ts';
import { is, noPass, noPasses, reported } from '../model.ts';
import { at } from '../outside.ts';
import { csv } from '../text.ts';

const client = clientsOf('denials');
const people = staff(20);
const base = peopleFiles(people);
const [owner, deputy] = [at(people, 0), at(people, 1)];
const heavy = at(people, 9);
const attended = people.map(({ email }) => email);

const noted = (more: object) => ({ ...base, 'journal.yaml': journal(people, more) });
const decided = (more: object) => ({ ...base, 'charter.yaml': charter(people, more) });

const used = (person: Person) => {
  const requests = person === heavy ? 4000 : 100;
  return [person.email, 'Chat', requests, (requests * 0.004).toFixed(2), '2026-10-25', '2026-11-22'];
};
const spend = csv([
  ['User email', 'Product', 'total_requests', 'total_net_spend_usd', 'Start date', 'End date'],
  ...people.map(used),
]);
const explainedBy = (reason: string) => ({
  ...noted({ explainedUsage: [{ email: heavy.email, on: '2026-11-20', by: owner.name, reason }] }),
  'spend.csv': spend,
});

const worked = Array.from({ length: 60 }, (_, n) => {
  const day = new Date(Date.UTC(2026, 8, 25 + n)).toISOString().slice(0, 10);
  return event(`w${n}`, day, 'claude_chat_created', {}, at(people, n % 20).email);
});
const exported = (reason: string) => ({
  ...noted({
    approvedExports: [{ on: '2026-11-05', by: owner.name, reason, email: deputy.email, of: 'members' }],
  }),
  'activities.json': feed([...worked, event('x', '2026-11-05', 'org_members_exported', {}, deputy.email)]),
});

const policy = (more: object) =>
  decided({
    policy: {
      version: 'v3',
      published: '2026-09-12',
      approvedBy: owner.name,
      contact: `help@${DOMAIN}`,
      ...more,
    },
  });
const plan = (more: object) =>
  decided({
    incidentPlan: {
      types: ['unauthorized_access', 'prompt_injection', 'data_upload', 'credential_exposed', 'agent_action'],
      contacts: [owner.name],
      reviewed: '2026-09-01',
      ...more,
    },
  });

/** Entries that are there, and whose own words or days say that they record nothing. */
export const denialCases = [
  ...['Asked, no reply', 'Under investigation', 'Unexplained'].map((reason, n) =>
    client(`usage-explained-by-nothing-${n}`)(explainedBy(reason), [
      is('VIS-03', 'fail', 'no one explained the use'),
    ]),
  ),
  client('usage-explained')(explainedBy('Import of the directory for the annual meeting'), [
    is('VIS-03', 'pass', 'someone else explained it'),
  ]),
  ...['Denied', 'Rejected by the owner'].map((reason, n) =>
    client(`export-refused-${n}`)(exported(reason), [is('VIS-16', 'fail', 'it was refused')], ENTERPRISE),
  ),
  client('export-approved')(
    exported('List for the annual report'),
    [is('VIS-16', 'pass', 'someone else approved it')],
    ENTERPRISE,
  ),
  ...['Rejected by the board', 'Counsel declined'].map((approvedBy, n) =>
    client(`policy-refused-${n}`)(policy({ approvedBy }), [noPass('POL-01', 'no one approved it')]),
  ),
  client('policy-approved-by-a-leaver')(
    {
      ...policy({ approvedBy: at(people, 11).name }),
      'staff.csv': rosterCsv(people, { [at(people, 11).email]: '2026-06-15' }),
    },
    [noPass('POL-01', 'the approver had left before it was published')],
  ),
  client('policy-with-a-postal-address')(
    policy({ contact: 'Human Resources, 1101 17th Street NW, Washington DC 20036' }),
    [is('POL-04', 'fail', 'neither address nor telephone number')],
  ),
  client('clause-older-than-claude')(policy({ employmentAgreementClause: '1999-01-01' }), [
    noPass('POL-09', 'there was no Claude in 1999'),
  ]),
  client('lockdown-only-planned')(
    noted({ lockdown: { on: '2026-09-14', by: owner.name, note: 'Not done yet, planned for December' } }),
    noPasses('the note says that it was not done', 'OPS-13 CON-03'),
  ),
  client('announced-to-no-one')(
    noted({
      announcements: [{ on: '2026-09-12', by: owner.name, about: 'organization_accounts', recipients: 0 }],
    }),
    noPasses('it reached no one', 'OPS-13 SHA-11'),
  ),
  ...['Save the date: Claude training', 'Claude training (planned)', 'Farewell lunch for Jean-Claude'].map(
    (topic, n) =>
      client(`training-announced-${n}`)(noted({ trainings: [{ on: '2026-10-01', topic, attended }] }), [
        noPass('OPS-12', 'no training took place'),
      ]),
  ),
  client('plan-without-a-type')(
    plan({
      types: [
        'unauthorized_access',
        'Prompt injection: N/A',
        'data_upload',
        'credential_exposed',
        'agent_action',
      ],
    }),
    reported('OPS-08', 'fail', 'one type is left out', /prompt injection/),
  ),
  client('plan-with-a-mailbox-no-one-reads')(plan({ contacts: [`noreply@${DOMAIN}`] }), [
    is('OPS-08', 'fail', 'no one can be reached'),
  ]),
  client('exception-until-2099')(
    decided({
      exceptions: [{ control: 'CLA-ACC-03', reason: 'Three owners', owner: owner.name, until: '2099-12-31' }],
    }),
    [is('OPS-14', 'fail', 'a day in 2099 is no end')],
  ),
  client('next-review-counted-from-today')(
    {
      ...noted({ firstInvitation: undefined, reviews: [], nextReview: '2027-02-20' }),
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Status', 'Date Added'],
        ...people.map(({ name, email, role }) => [name, email, role, 'Active', '2025-06-02']),
      ]),
    },
    [is('OPS-07', 'fail', 'people have had access since June 2025')],
  ),
  client('next-review-after-a-review')(
    noted({ reviews: [reviewed('quarterly', '2026-11-20', owner.name)], nextReview: '2027-02-20' }),
    [is('OPS-07', 'pass', 'within a quarter of the last review')],
  ),
  client('owner-on-no-roster')(
    decided({ governanceOwner: { name: 'Roland Beck', email: `roland.beck@${DOMAIN}` } }),
    [noPass('OPS-02', 'the roster does not list this person')],
  ),
];
