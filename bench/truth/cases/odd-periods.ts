import { clientsOf, type Person, SIGN_IN_APP, staff } from '../client.ts';
import { peopleFiles } from '../documents.ts';
import { noPass, noPasses, reported, type TruthCase } from '../model.ts';
import { usageTable } from '../tables.ts';
import { graph, plus } from '../text.ts';

/** Files for periods other than the month that has just ended. */
const client = clientsOf('odd-periods');
const people = staff(20);
const base = peopleFiles(people);
const [, , third] = people as [Person, Person, Person];

const use = (list: readonly Person[], from: string, to: string, heavy?: number) =>
  list.map((one, n) => [
    one.email,
    'Chat',
    'claude-sonnet-5',
    one === third ? (heavy ?? 100) : 100 + n,
    from,
    to,
  ]);

const thirteenMonths = client('use-of-thirteen-months')(
  { ...base, 'usage.csv': usageTable(use(people, '2025-10-24', '2026-11-22', 240)) },
  reported('VIS-03', 'cannot_read', 'twelve quiet months hide a heavy one', /395 days/),
);

const quarter = client('use-of-a-quarter')(
  { ...base, 'usage.csv': usageTable(use(people, '2026-08-23', '2026-11-22')) },
  reported('VIS-03', 'pass', 'the vendor exports up to 90 days at once'),
);

const halfEnded = client('use-of-half-the-people-ended-in-september')(
  {
    ...base,
    'usage.csv': usageTable([
      ...use(people.slice(0, 10), '2026-10-20', '2026-11-22'),
      ...use(people.slice(10), '2026-09-01', '2026-09-30'),
    ]),
  },
  reported('VIS-03', 'cannot_read', 'what half of them did since is not in the file', /10 people/),
);

/** One sign-in on each of the given number of days before a day, by the people in turn. */
const signIns = (from: string, days: number, further: readonly string[] = []) =>
  graph(
    'auditLogs/signIns',
    [...Array.from({ length: days }, (_, n) => plus(from, n)), ...further].map((day, n) => ({
      id: `5ea5e100-0000-4000-8000-${String(n).padStart(12, '0')}`,
      createdDateTime: `${day}T15:10:00Z`,
      userPrincipalName: people[n % 20]?.email,
      appId: SIGN_IN_APP,
      appDisplayName: 'Claude',
      ipAddress: '198.51.100.7',
      status: { errorCode: 0 },
      authenticationRequirement: 'multiFactorAuthentication',
      deviceDetail: { isCompliant: true, isManaged: true },
      conditionalAccessStatus: 'success',
    })),
  );

const endsEarly = client('sign-ins-end-weeks-before-the-file')(
  { ...base, 'signins.json': signIns('2026-10-05', 31) },
  noPasses('19 days before the file was saved are missing, as no others are', 'M365-16 VIS-10'),
);

const strayOld = client('one-sign-in-long-before-the-others')(
  { ...base, 'signins.json': signIns('2026-10-20', 35, ['2026-08-27']) },
  reported('M365-16', 'pass', 'the last 30 days are there; what is missing before them was not asked for'),
);

const strayOnly = client('one-sign-in-long-before-two-weeks')(
  { ...base, 'signins.json': signIns('2026-11-10', 14, ['2026-08-27']) },
  [noPass('M365-16', 'of the last 30 days the file shows 14')],
);

export const oddPeriodCases: readonly TruthCase[] = [
  thirteenMonths,
  quarter,
  halfEnded,
  endsEarly,
  strayOld,
  strayOnly,
];
