import { profile, staff } from '../client.ts';
import { charter, journal, peopleFiles, rosterCsv } from '../documents.ts';
import { is, noPass, noPasses, says } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { acknowledgementTable, connectorTable, membershipTable } from '../tables.ts';
import { yaml } from '../text.ts';

/** Exceptions that name one item of two, start later, expired, or were approved by their owner. */
function exceptions() {
  const people = staff(16);
  const [first, second] = [at(people, 10), at(people, 13)];
  const strangers = [
    { ...at(people, 0), name: 'Sid Vance', email: 'sid.vance@gmail.com', role: 'User' as const },
    { ...at(people, 0), name: 'Una Cole', email: 'una.cole@hotmail.com', role: 'User' as const },
  ];
  const exception = (control: string, more: object) => ({
    control: `CLA-${control}`,
    reason: 'Agreed with the executive director until the move is done',
    owner: at(people, 1).name,
    from: '2026-10-01',
    until: '2026-12-31',
    approvedBy: at(people, 2).name,
    ...more,
  });
  const account = (email: string) => [email, 'Personal', 'free', 'No', '2026-02-02'];
  const held = (control: string, why: string) => is(`CLA-${control}`, 'fail', why);
  return outsideCase('exceptions-for-half-of-it')(
    {
      ...peopleFiles([...people, ...strangers]),
      'staff.csv': rosterCsv(people, { [first.email]: '2026-11-06', [second.email]: '2026-11-10' }),
      'charter.yaml': charter(people, {
        exceptions: [
          exception('ACC-07', { items: [first.email] }),
          exception('ACC-06', { until: '2026-11-01' }),
          exception('ACC-18', { from: '2026-12-01' }),
          exception('CON-04', { items: ['Zoom'] }),
          exception('CON-10', { approvedBy: at(people, 1).name }),
          exception('POL-03', { items: [at(people, 4).email] }),
          exception('SHA-03', { items: [at(people, 5).email] }),
          exception('OPS-05', { approvedBy: undefined }),
        ],
      }),
      'journal.yaml': journal(people, {
        personalAccounts: [{ email: at(people, 5).email, state: 'exempt', on: '2026-11-01' }],
      }),
      'acknowledgements.csv': acknowledgementTable([
        ...people
          .filter((_, n) => n !== 4 && n !== 7)
          .map((one) => [one.name, one.email, 'Claude policy v3', '2026-09-20']),
      ]),
      'domain memberships.csv': membershipTable([
        ...people.map(({ email }) => [email, 'Teasel Guild', 'team', 'Yes', '2026-09-15']),
        account(at(people, 5).email),
        account(at(people, 6).email),
      ]),
      'connectors.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Needs approval'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
        ['Zoom', 'All other actions', 'Blocked'],
        ['Dropbox', 'All other actions', 'Blocked'],
      ]),
      'attestations.yaml': yaml({ attestations: [] }),
    },
    [
      held('ACC-07', 'one of two leavers is in no exception'),
      says('ACC-07', new RegExp(`${second.name}|${second.email}`), 'the other leaver is named'),
      held('ACC-06', 'the exception ran out'),
      says('ACC-06', 'una.cole@hotmail.com', 'the address is named'),
      held('ACC-18', 'the exception begins in December'),
      held('CON-04', 'Dropbox is in no exception'),
      says('CON-04', 'Dropbox', 'it is named'),
      is(
        'CON-10',
        ['accepted', 'fail'],
        'its owner accepted it until a day; only critical controls need a second person',
      ),
      held('POL-03', 'one of two is in no exception'),
      says('POL-03', new RegExp(`${at(people, 7).name}|${at(people, 7).email}`), 'the other one is named'),
      held('SHA-03', 'one of two accounts is in no exception'),
      says('SHA-03', at(people, 6).email, 'the other account is named'),
      held('OPS-05', 'nobody approved the exception'),
      held('OPS-14', 'an exception ran out'),
      noPass('SHA-04', 'one was never written to'),
      noPass('OPS-10', 'projects were not handed over'),
      noPass('M365-17', 'users of Entra were not given'),
      ...noPasses('nothing was done for two', 'M365-18 CON-26'),
      noPass('CON-09', 'sending is wider than the charter'),
      noPass('CON-14', 'one table shows no changes'),
      noPass('ACC-09', 'two outside people hold seats by nobody’s decision'),
      noPass('ACC-13', 'two seats are of nobody on the roster'),
      ...noPasses('two have not acknowledged', 'POL-06 POL-08 SHA-07'),
    ],
    { profile: profile({ claudeSeats: 15, staffCount: 14 }) },
  );
}

export const outsideExceptions = [exceptions()];
