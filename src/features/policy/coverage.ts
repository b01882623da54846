import { DateTime } from 'luxon';
import type { z } from 'zod';
import { addDays } from '#domain/model/day.ts';
import { address } from '#domain/people/names.ts';
import { NEVER_ASKED, nextReminderOn } from '#domain/policy/reminders.ts';
import { acknowledgedSince, inForce, versionLabel } from '#domain/policy/versions.ts';
import { LAST_HOUR } from '#domain/reminders/schedule.ts';
import { deliveriesIn } from '#store/policy/deliveries.ts';
import { policySettings } from '#store/policy/settings.ts';
import { acknowledgementsIn, type PolicyVersionRow, policyVersions } from '#store/policy/versions.ts';
import type { HandlerContext, Services } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { coverageList, coverageSummary } from './coverage-schemas.ts';
import { askedBy } from './mails.ts';
import { type Asking, numbered, peopleNow, todayHere } from './read.ts';
import { planOf } from './schedule.ts';

type Line = z.infer<typeof coverageList>['items'][number];
type Head = Omit<z.infer<typeof coverageList>, 'nextCursor'>;

export interface Coverage extends Head {
  /** The version in force; null: none is. */
  readonly version: PolicyVersionRow | null;
  /** First effective date of the version number that has to be acknowledged. */
  readonly since: string | null;
  /** Staff on the roster without Claude; null: cannot be read. */
  readonly without: readonly Pick<Line, 'name' | 'address' | 'state' | 'asked'>[] | null;
}

/** Who has Claude according to the current members file, and which of them acknowledged the policy in force. */
export async function coverageNow(context: Asking & { readonly services: Services }): Promise<Coverage> {
  const { client, services, now } = context;
  const { people, why, membersOn, target, withoutSeat } = await peopleNow(context);
  const share = target === null || target === 0 ? 1 : target;
  const today = todayHere(context);
  const { versions, register, settings } = await services.store.read([client.id], async (tx) => ({
    versions: (await policyVersions(tx, client.id)).map(numbered),
    register: await acknowledgementsIn(tx, client.id),
    settings: await policySettings(tx, client.id),
  }));
  const version = inForce(versions, today);
  const number = version?.number ?? null;
  const since = number === null ? null : acknowledgedSince(versions, number);
  const nobody = {
    version,
    number,
    since,
    membersOn,
    target: share,
    items: [],
    total: 0,
    without: null,
    distribution: null,
  };
  const unread = { ...nobody, of: null, done: null, needed: null, enough: null };
  if (number === null) return { ...unread, state: 'no_policy', why: 'No version of the policy is in force.' };
  if (people === null || people.length === 0)
    return { ...unread, state: 'cannot_read', why: why ?? 'The members file lists no one who can sign in.' };
  const given = new Map(
    register.flatMap((one) =>
      one.number === number && one.address !== null ? [[one.address, one] as const] : [],
    ),
  );
  const asked = askedBy(
    await services.store.read([client.id], (tx) => deliveriesIn(tx, client.id, number)),
    client.timezone,
  );
  const plan = planOf(settings);
  // After the last hour for reminders, planning starts with the next day.
  const from = hourOf(now, client.timezone) >= LAST_HOUR ? addDays(today, 1) : today;
  const items = people.map(({ key, name, addresses, left }): Line => {
    const own = [key, ...addresses].map(address);
    const row = own.map((one) => given.get(one)).find((one) => one !== undefined);
    const mail = own.map((one) => asked.get(one)).find((one) => one !== undefined);
    return {
      address: key,
      name,
      left,
      state: row === undefined ? 'missing' : 'acknowledged',
      label: row === undefined ? null : versionLabel(row),
      at: row?.at.toISOString() ?? null,
      asked: askedOf(mail),
      next:
        row !== undefined || left
          ? null
          : nextReminderOn(plan, mail ?? NEVER_ASKED, { since: since ?? today, from }),
    };
  });
  items.sort(
    (a, b) =>
      Number(a.state === 'acknowledged') - Number(b.state === 'acknowledged') || a.name.localeCompare(b.name),
  );
  const without =
    withoutSeat?.map(({ name, address: to }) => ({
      name,
      address: to,
      state: given.has(to) ? ('acknowledged' as const) : ('missing' as const),
      asked: askedOf(asked.get(to)),
    })) ?? null;
  const done = items.filter(({ state }) => state === 'acknowledged').length;
  const needed = Math.ceil(share * items.length - 1e-9);
  return {
    ...nobody,
    state: 'ready',
    why: null,
    of: items.length,
    done,
    needed,
    enough: done >= needed,
    items,
    total: items.length,
    without,
    distribution:
      without === null
        ? null
        : {
            of: without.length,
            reached: without.filter(
              (one) => one.state === 'acknowledged' || (one.asked !== null && one.asked.failure === null),
            ).length,
          },
  };
}

function askedOf(mail: ReturnType<typeof askedBy> extends Map<string, infer T> ? T | undefined : never) {
  return mail === undefined
    ? null
    : { times: mail.times, lastAt: mail.last.begun_at.toISOString(), failure: mail.last.failure };
}

function hourOf(at: Date, zone: string): number {
  return DateTime.fromJSDate(at, { zone }).hour;
}

/** The list as an operation answers it. */
export async function listCoverage(context: HandlerContext): Promise<Head> {
  const { version: _, since: __, without: ___, ...list } = await coverageNow(context);
  return list;
}

export function summaryOf({
  items: _,
  total: __,
  version: ___,
  since: ____,
  without: _____,
  ...head
}: Coverage): z.input<typeof coverageSummary> {
  return head;
}

/** The next day on which people are reminded, and what prevents reminders of others. */
export function comingOf({ items }: Pick<Coverage, 'items'>) {
  const days = items.flatMap(({ next }) => (next === null ? [] : [next])).sort();
  const [on] = days;
  const missing = items.filter(({ state }) => state === 'missing');
  return {
    next: on === undefined ? null : { on, people: days.filter((one) => one === on).length },
    failed: missing.filter(({ asked }) => asked !== null && asked.failure !== null).length,
    ended: missing.filter(({ next }) => next === null).length,
  };
}

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ name }) => name },
  { key: 'address', title: 'Address in Claude', width: 36, value: (row) => row.address },
  {
    key: 'state',
    title: 'State',
    width: 20,
    value: ({ state }) => (state === 'acknowledged' ? 'Acknowledged' : 'Missing'),
  },
  { key: 'version', title: 'Version read', value: ({ label }) => label },
  {
    key: 'at',
    title: 'Acknowledged at',
    kind: 'instant',
    value: ({ at }) => (at === null ? null : new Date(at)),
  },
  { key: 'asked', title: 'Emails sent', value: ({ asked }) => asked?.times ?? 0 },
  {
    key: 'lastAsked',
    title: 'Last mail',
    kind: 'instant',
    value: ({ asked }) => (asked === null ? null : new Date(asked.lastAt)),
  },
  {
    key: 'failure',
    title: 'Why the last mail was not sent',
    width: 50,
    value: ({ asked }) => asked?.failure ?? null,
  },
  { key: 'next', title: 'Next reminder', value: ({ next }) => next },
];

export async function exportCoverage(context: HandlerContext, { format }: { readonly format: TableFormat }) {
  const { items, number } = await coverageNow(context);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: number === null ? 'Acknowledgment of the policy' : `Acknowledgment of policy ${number}`,
          ...clientHeading(context),
          filter: null,
        },
        columns: COLUMNS,
        rows: items,
      },
      format,
    ),
  );
}
// Guide: G8-17 GA-14 G4.1-04
