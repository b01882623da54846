import { address, domainOf } from '#domain/people/names.ts';
import { staffOn, unsureWords } from '#domain/people/staff.ts';
import { PEOPLE_DAYS } from '#domain/rules/accounts/people-files.ts';
import { dayWords } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { forbidden, notFound, unprocessable } from '../problems.ts';
import type { Download } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import type { TableFormat } from '../shared/table-format.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    staffRecipients: typeof staffRecipients;
  }
}

interface Recipient {
  readonly name: string | null;
  /** Address at a domain of the client if the roster has one, otherwise any on the roster; null if it has none. */
  readonly address: string | null;
  readonly note: string | null;
  /** Whether the address is at a domain of the client. */
  readonly ours: boolean;
}

/** All current staff on the roster, who must receive an announcement. */
export interface Recipients {
  /** null if not known; `why` has the reason. */
  readonly people: readonly Recipient[] | null;
  readonly why: string | null;
  readonly rosterOn: string | null;
}

/** The same staff that the control compares the number of recipients with. Runs in the deciding thread. */
export function staffRecipients({ shared, moment }: TaskInput): Recipients {
  const roster = shared.read('roster', PEOPLE_DAYS);
  if (!roster.ok)
    return { people: null, why: `${roster.why} ${roster.howToGet.text}`.trim(), rosterOn: null };
  const { domains } = shared.input.profile;
  const isStaff = staffOn(roster.rows, moment.today);
  const people = roster.rows.flatMap((row): Recipient[] => {
    const staff = isStaff(row);
    if (staff === false || row.engagement === 'shared' || row.engagement === 'service') return [];
    const addresses = row.emails.map(address);
    const own = addresses.find((one) => domains.includes(domainOf(one)));
    return [
      {
        name: row.name,
        address: own ?? addresses[0] ?? null,
        ours: own !== undefined,
        note:
          [
            staff === null ? `${unsureWords(row)}.` : null,
            addresses.length === 0 ? 'The roster gives no address.' : null,
            own === undefined && addresses.length > 0 ? 'Not an address of ours.' : null,
          ]
            .filter((part) => part !== null)
            .join(' ') || null,
      },
    ];
  });
  return { people, why: null, rosterOn: roster.observedOn };
}

/** The recipients for the page of a task; null if the person may not see people. */
export async function recipientsNow(context: HandlerContext): Promise<Recipients | null> {
  const { services, client, scope, can, now } = context;
  if (!can('people.read')) return null;
  const { today } = present(now, client.timezone);
  return cached(services.store, scope, { key: `recipients ${today}`, weight: 2 }, async () => {
    const run = await services.verdicts.run(client.id, 'staffRecipients', undefined);
    if (run === null) throw notFound();
    return run.result;
  });
}

const COLUMNS: readonly TableColumn<Recipient>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ name }) => name },
  { key: 'address', title: 'Address', width: 36, value: ({ address: to }) => to },
  { key: 'note', title: 'Note', width: 50, value: ({ note }) => note },
];

/** The list as a file, for sending and as evidence of who was informed. */
export async function recipientsFile(context: HandlerContext, format: TableFormat): Promise<Download> {
  const found = await recipientsNow(context);
  if (found === null) throw forbidden('Your role does not include people.');
  const { people, why, rosterOn } = found;
  if (people === null) throw unprocessable(`Who has to be notified is not known. ${why ?? ''}`.trim());
  return tableFile(
    {
      heading: {
        title: 'Recipients of the announcement',
        ...clientHeading(context),
        filter: rosterOn === null ? null : `Staff according to the roster of ${dayWords(rosterOn)}`,
      },
      columns: COLUMNS,
      rows: people,
    },
    format,
  );
}
// Guide: G2.1-06
