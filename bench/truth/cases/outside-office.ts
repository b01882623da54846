import { staff } from '../client.ts';
import { charter, peopleFiles, rosterCsv } from '../documents.ts';
import { counts, file, is, noPass, reported, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { workbook } from '../packed.ts';
import { connectorTable, staffTable } from '../tables.ts';
import { csv } from '../text.ts';

const people = staff(20);
const base = peopleFiles(people);

/** One manually kept workbook for everything about Claude: connectors on one sheet, a log and a checklist on others. */
const oneWorkbook = outsideCase('connectors-on-one-tab-of-many')(
  {
    ...base,
    'Claude.xlsx': workbook({
      'READ ME': [['Please do not sort the tab with the connectors']],
      Connectors: [
        ['What is switched on, checked by the IT lead'],
        ['Connector', 'What it can do', 'Setting', 'Notes'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Needs approval', 'asked for by Events'],
        ['', 'Delete an event', 'Blocked', ''],
        ['Total: 1 connector', '', '', ''],
      ],
      Changes: [
        ['Date', 'Who', 'What'],
        ['2026-10-12', 'Adele', 'Outlook was added'],
      ],
      Offboarding: [
        ['Name', 'Last day', 'M365 disabled', 'Claude removed'],
        ['Someone Else', '2026-10-12', '2026-10-12', '2026-10-13'],
      ],
    }),
  },
  [
    file('Claude.xlsx', 'taken', 'the tab with the connectors is a connectors table'),
    ...reported('CON-10', 'fail', 'sending waits for approval and is not blocked', /Send email/i),
    ...reported('CON-09', 'fail', 'the charter blocks sending', /Send email/i),
    silent('CON-10', /in part/, 'a log of changes and a list of leavers continue no table of connectors'),
    says('CON-06', /not in the table|cannot be determined/i, 'other actions of Outlook are not in the table'),
  ],
);

/** The first of two sheets of connectors; the second is unreadable, so the first is only a part. */
const halfTable = outsideCase('connectors-in-part')(
  {
    ...base,
    'Claude.xlsx': workbook({
      Connectors: [
        ['Connector', 'Action', 'Permission'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Always allow'],
        ['Slack', 'All other actions', 'Always allow'],
      ],
      More: [
        ['Slack', 'Post message', 'Blocked'],
        ['Slack', 'Search', 'Needs approval'],
      ],
    }),
  },
  [
    ...reported('CON-10', 'fail', 'nothing on another sheet undoes it', /Send email/i, /part/i),
    ...reported('CON-09', 'fail', 'nothing on another sheet undoes it', /Send email/i),
    ...reported('CON-12', 'fail', 'nothing on another sheet undoes it', /Send email/i),
    silent('CON-09', /Slack [“"]?Post|Delete an event/i, 'lines of the other sheet may say otherwise'),
    silent('CON-10', /Slack|Delete an event/i, 'lines of the other sheet may say otherwise'),
    silent('CON-12', /all other actions/i, 'lines of the other sheet may say otherwise'),
  ],
);

/** Ditto marks and words that mean "same as above". */
const sameAsAbove = outsideCase('same-as-above')(
  {
    ...base,
    'charter.yaml': charter(people, {
      connectors: [
        {
          name: 'Google Drive',
          kind: 'directory',
          sensitivity: 'low',
          actions: { 'Search files': 'ask', 'Read file content': 'ask', '*': 'blocked' },
        },
      ],
    }),
    'connectors.csv': connectorTable([
      ['Google Drive', 'Search files', 'Always allow'],
      ['"', 'Read file content', 'same as above'],
    ]),
  },
  [
    is('CON-04', 'pass', 'the one connector is in the charter'),
    silent('CON-04', /^[“"]|^\W* is enabled/, 'a quotation mark is no connector'),
    ...reported('CON-09', 'fail', 'both are wider than the charter', /Search files/i, /Read files/i),
  ],
);

const left = at(people, 9);
const rows = people.map(({ name, email, department }, n) => [
  String(100 + n),
  name,
  email,
  department,
  name === left.name ? 'T' : 'A',
  name === left.name ? '2026-11-02' : '',
]);

/** A payroll's footer: a count and a legend of its codes. */
const footer = outsideCase('counts-below-the-roster')(
  {
    ...base,
    'staff.csv': csv([
      ['Employee Id', 'Full name', 'Work email', 'Department', 'Status', 'Last day'],
      ...rows,
      ['', '', '', '', '', ''],
      ['Employee Count: 20', '', '', '', '', ''],
      ['A - Active   L - Leave   T - Terminated', '', '', '', '', ''],
    ]),
  },
  [
    counts('staff', 19, 'twenty people, of whom one has left'),
    ...reported('ACC-07', 'fail', 'one has left and holds a seat', left.name),
    ...reported('ACC-21', 'pass', 'everyone has an address on the domain', '19'),
    silent('ACC-07', /row|not known whose/i, 'a count and a key are nobody'),
  ],
);

/** "20 rows" and "Signed: 18 of 20" below manually kept lists. */
const counted = outsideCase('rows-counted-by-hand')(
  {
    ...base,
    'staff.csv': staffTable([
      ...people.map(({ name, email, department }) => [name, email, department, 'Active', '']),
      ['20 rows', '', '', '', ''],
    ]),
  },
  [
    counts('staff', 20, 'a count is nobody'),
    is('ACC-21', 'pass', 'everyone has an address on the domain'),
    silent('ACC-21', /20 rows/, 'a count is nobody'),
  ],
);

/** "Employees: 20 of 61" says that most are missing. */
const fewer = outsideCase('fewer-rows-than-there-are')(
  { ...base, 'staff.csv': `${rosterCsv(people)}Employees: 20 of 61,,,,\n` },
  [noPass('ACC-07', 'the line below says that it is a part'), noPass('ACC-21', 'as before')],
);

const signatures = people.map(({ name, email }) => [name, email, '2026-09-20']);
const signed = (title: string) => csv([[title], ['Full name', 'Work email', 'Date signed'], ...signatures]);

/** Signatures for another policy, according to a title in the file or its name. */
const otherPolicies = [
  ...['Travel and Expense Policy', 'Employee Handbook', 'Policy on Remote Work'].map((title) =>
    outsideCase(`signatures-under-the-title-${title.toLowerCase().replaceAll(' ', '-')}`)(
      { ...base, 'signatures.csv': signed(title) },
      [
        noPass('POL-03', `what was signed is the ${title}`),
        says('POL-03', new RegExp(title), 'what the list is about'),
      ],
    ),
  ),
  outsideCase('signatures-in-a-file-named-after-another-policy')(
    {
      ...base,
      'Travel policy signatures.csv': csv([['Full name', 'Work email', 'Date signed'], ...signatures]),
    },
    [noPass('POL-03', 'what was signed is the travel policy')],
  ),
  outsideCase('a-form-that-asks-about-another-policy')(
    {
      ...base,
      'answers.csv': csv([
        ['Timestamp', 'Email Address', 'I have read and agree to follow the Travel and Expense Policy'],
        ...people.map(({ email }) => ['9/20/2026 9:12:00', email, 'Yes']),
      ]),
    },
    [noPass('POL-03', 'what was agreed to is the travel policy')],
  ),
];

/** A sheet on which only the title says which policy, and which version of it, people signed. */
const titledSheet = (version: string) =>
  workbook({
    Notes: [['Kept by the IT lead']],
    'AUP sign-off': [
      [`Claude AI Acceptable Use Policy - version ${version}`],
      ['Employee', 'Department', 'Date signed', 'Comment'],
      ...people.map(({ name, department }, n) => [name, department, n === 5 ? '' : '2026-09-20', '']),
      [`Signed: ${people.length - 1} of ${people.length}`, '', '', ''],
    ],
  });
const someone = at(people, 5);
const titles = [
  outsideCase('policy-and-version-in-the-title')({ ...base, 'policy.xlsx': titledSheet('3') }, [
    file('policy.xlsx', 'taken', 'the title says that people signed the policy'),
    ...reported('POL-03', ['fail', 'cannot_read'], 'one has not signed', someone.name, /19 of 20|1 of 20/),
    silent('POL-03', /Signed:/, 'a count is nobody'),
  ]),
  outsideCase('an-earlier-version-in-the-title')({ ...base, 'policy.xlsx': titledSheet('2') }, [
    ...reported('POL-03', 'fail', 'everyone signed an earlier version', /20 of 20/),
  ]),
];

/** A technician's notes from a call, with commas. */
const notes = outsideCase('notes-of-a-call')(
  {
    ...base,
    'notes from the call.txt':
      'Call 11/20\n- The lead says invite links are off, he thinks\n- SSO is not set up, everyone has a magic link\n',
  },
  [
    file('notes from the call.txt', 'not_placed', 'notes are no export that is malformed'),
    noPass('ACC-12', 'somebody thinks so'),
  ],
);

export const outsideOffice = [
  notes,
  oneWorkbook,
  halfTable,
  sameAsAbove,
  footer,
  counted,
  fewer,
  ...otherPolicies,
  ...titles,
];
