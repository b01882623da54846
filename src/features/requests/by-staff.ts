import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import { withoutTag } from '#domain/people/names.ts';
import { isOpenRequest, isSameConnector } from '#domain/requests/status.ts';
import { WRITES } from '#domain/requests/words.ts';
import { appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { addRequestStep, allRequests, insertRequest, type RequestRow } from '#store/requests/requests.ts';
import type { Services } from '../context.ts';
import { type StaffProof, staffActor } from '../policy/index.ts';
import { addDepartment } from './departments.ts';
import { statusIn, wantedPlace } from './own-requests.ts';
import { type AtClient, commonView, readRequest, todayOf } from './read.ts';

/** Days for which staff may request a connector. */
export const STAFF_DAYS = [30, 90, 366] as const;
/** Maximum requests per person and day. */
const PER_DAY = 10;

/** A staff member whose address was verified by a link in a mail or by a sign-in. */
export interface StaffPerson {
  readonly address: string;
  readonly method: StaffProof;
  readonly name: string;
}

export interface StaffWish {
  readonly entry: string;
  readonly name: string;
  readonly purpose: string;
  readonly data: readonly string[];
  readonly people: string;
  /** Empty: none was given. */
  readonly department: string;
  readonly writes: string;
  readonly days: string;
}

export type StaffAsked =
  | { readonly kind: 'asked'; readonly name: string }
  /** Someone else had already requested it; the person was added to their request. */
  | { readonly kind: 'joined'; readonly name: string }
  | { readonly kind: 'approved'; readonly name: string; readonly until: string | null }
  | { readonly kind: 'later'; readonly seconds: number }
  | { readonly kind: 'incomplete'; readonly lacks: WishLacks };

/** What a request lacks: the first missing part, or an ambiguous connector. */
export type WishLacks = 'connector' | 'purpose' | 'people' | 'data' | 'writes' | 'days';

/** Stores a staff member's request with those of the console. Nothing changes in Claude. */
export async function askAsStaff(
  services: Services,
  client: AtClient['client'],
  person: StaffPerson,
  wish: StaffWish,
): Promise<StaffAsked> {
  const now = services.clock();
  const at = { client, now, services };
  const stated = checked(at, wish);
  if (typeof stated === 'string') return { kind: 'incomplete', lacks: stated };
  const { connector, department, ...wanted } = stated;
  const found = placeOf(at, connector);
  if (found === null) return { kind: 'incomplete', lacks: 'connector' };
  const { entry, name, place } = found;
  const askedBy = (await accountOf(services, client.id, person.address)) ?? `staff:${person.address}`;
  const asked = await services.store.write([client.id], async (tx): Promise<StaffAsked> => {
    await tx.selectFrom('clients').select('id').where('id', '=', client.id).forUpdate().execute();
    if ((await countRecentRequests(tx, client.id, person.address, now)) >= PER_DAY)
      return { kind: 'later', seconds: 3600 };
    const status = await statusIn(tx, { ...at, actor: { userId: askedBy } }, place);
    if (status.approved !== null)
      return { kind: 'approved', name: status.approved.name, until: status.approved.until };
    const there = (await allRequests(tx, client.id)).find(
      (row) => isOpenRequest(row.state) && isSameConnector(readRequest(services.catalogue, row).place, place),
    );
    if (there !== undefined) {
      await addPerson(tx, client.id, there.id, person, wanted.purpose, now);
      if (department !== '')
        await addDepartment(tx, client.id, there.id, { ...wanted, department, by: person.name, at: now });
      await record(tx, client.id, person, 'requests.join', there, { purpose: wanted.purpose }, now);
      return { kind: 'joined', name: there.name };
    }
    const by = `${person.name} (${person.address})`;
    const id = randomUUID();
    await insertRequest(tx, {
      client_id: client.id,
      id,
      entry: entry?.id ?? null,
      name,
      url: null,
      purpose: wanted.purpose,
      data: JSON.stringify(wanted.data),
      people: wanted.people,
      writes: wanted.writes,
      wanted_until: wanted.until,
      state: 'asked',
      answers: '{}',
      approvals: '[]',
      asked_by: askedBy,
      asked_by_name: by,
      asked_at: now,
      changed_by_name: by,
      changed_at: now,
    });
    await addRequestStep(tx, {
      client_id: client.id,
      connector_request_id: id,
      act: 'asked',
      note: wanted.purpose,
      done_by: askedBy,
      done_by_name: by,
      done_at: now,
    });
    await addPerson(tx, client.id, id, person, wanted.purpose, now);
    if (department !== '') await addDepartment(tx, client.id, id, { ...wanted, department, by, at: now });
    await record(tx, client.id, person, 'requests.ask', { id, name }, { state: 'asked', ...wanted }, now);
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', client.id)
      .execute();
    return { kind: 'asked', name };
  });
  services.events.publish({ client: client.id, topic: 'requests', id: null });
  return asked;
}

/** The account of the same person, by any of their addresses in the lists: no one decides on their own request. */
async function accountOf(services: Services, clientId: string, own: string): Promise<string | null> {
  const run = await services.verdicts.run(clientId, 'policyPeople', undefined);
  const plain = withoutTag(own);
  const same = (run?.result.people ?? [])
    .map(({ key, addresses }) => [key, ...addresses].map(withoutTag))
    .find((addresses) => addresses.includes(plain));
  const theirs = new Set([plain, ...(same ?? [])]);
  const users = await services.store.read('system', (tx) =>
    tx.selectFrom('users').select(['id', 'email']).execute(),
  );
  return users.find(({ email }) => theirs.has(withoutTag(email)))?.id ?? null;
}

/** The requested connector; null: it is ambiguous. */
function placeOf(at: AtClient, connector: Parameters<typeof wantedPlace>[1]) {
  try {
    return wantedPlace(at, connector);
  } catch (error) {
    if (error instanceof ORPCError && error.status === 400) return null;
    throw error;
  }
}

/** The checked request, or what it lacks. */
function checked(at: AtClient, wish: StaffWish) {
  // A form sends two characters for a line break that its page counts as one.
  const purpose = wish.purpose.replaceAll('\r\n', '\n').trim().slice(0, 2000);
  if (purpose.length < 3) return 'purpose';
  const people = wish.people.trim().slice(0, 300);
  if (people.length < 2) return 'people';
  const kinds = [...DATA_CLASSES, 'not_known'];
  const data = kinds.filter((one) => wish.data.includes(one));
  if (data.length === 0) return 'data';
  const writes = WRITES.find((one) => one === wish.writes);
  if (writes === undefined) return 'writes';
  const days = STAFF_DAYS.find((one) => String(one) === wish.days);
  if (days === undefined) return 'days';
  const other = wish.name.trim().slice(0, 200);
  return {
    connector: wish.entry !== '' ? { entry: wish.entry } : other === '' ? {} : { name: other },
    purpose,
    people,
    department: wish.department.trim().slice(0, 120),
    data,
    writes,
    until: addDays(todayOf(at), days),
  };
}

async function countRecentRequests(tx: Tx, clientId: string, address: string, now: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('connector_request_people')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('client_id', '=', clientId)
    .where('address', '=', address)
    .where('asked_at', '>', new Date(now.getTime() - 24 * 3_600_000))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function addPerson(
  tx: Tx,
  clientId: string,
  request: string,
  { address, name }: StaffPerson,
  purpose: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('connector_request_people')
    .values({ client_id: clientId, connector_request_id: request, address, name, purpose, asked_at: now })
    .onConflict((on) => on.doNothing())
    .execute();
}

async function record(
  tx: Tx,
  chain: string,
  { name, address, method }: StaffPerson,
  action: string,
  request: { readonly id: string; readonly name: string },
  after: Readonly<Record<string, unknown>>,
  at: Date,
): Promise<void> {
  await appendAudit(tx, {
    chain,
    actor: staffActor({ name, address, method }),
    action,
    subject: { kind: 'connector_request', id: request.id, name: request.name },
    before: null,
    after: { ...after, address },
    at,
  });
}

/** Requests that a staff member made or joined, newest first. */
export async function requestsOfStaff(services: Services, client: AtClient['client'], address: string) {
  const today = todayOf({ client, now: services.clock() });
  const rows = await services.store.read([client.id], async (tx) => {
    const own = await tx
      .selectFrom('connector_request_people')
      .select('connector_request_id')
      .where('client_id', '=', client.id)
      .where('address', '=', address)
      .execute();
    const ids = new Set(own.map((one) => one.connector_request_id));
    return (await allRequests(tx, client.id)).filter((row: RequestRow) => ids.has(row.id));
  });
  return rows.map((row) => {
    const { id, name, state, asked, until, reason } = commonView(row, today);
    return { id, name, state, askedAt: asked.at, until, reason };
  });
}

/** How many staff members asked for each request on their pages. */
export async function joinedBy(tx: Tx, clientId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('connector_request_people')
    .select((eb) => ['connector_request_id', eb.fn.countAll<string>().as('count')])
    .where('client_id', '=', clientId)
    .groupBy('connector_request_id')
    .execute();
  return new Map(rows.map((row) => [row.connector_request_id, Number(row.count)]));
}

/** Staff members who want a connector, in the order of their requests. */
export async function wantedBy(tx: Tx, clientId: string, request: string) {
  const rows = await tx
    .selectFrom('connector_request_people')
    .select(['address', 'name', 'purpose', 'asked_at'])
    .where('client_id', '=', clientId)
    .where('connector_request_id', '=', request)
    .orderBy('asked_at')
    .orderBy('address')
    .execute();
  return rows.map(({ asked_at, ...one }) => ({ ...one, at: asked_at.toISOString() }));
}
// Guide: G8-10 G3.4-03
