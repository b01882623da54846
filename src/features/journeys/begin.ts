import { randomUUID } from 'node:crypto';
import type { JourneyKind } from '#domain/model/person-journey.ts';
import { appendAudit } from '#store/audit.ts';
import {
  changeJourney,
  insertJourneys,
  journeysOf,
  openJourneys,
  type PersonJourneyRow,
} from '#store/work/person-journeys.ts';
import type { Services } from '../context.ts';
import { readingNow } from '../people/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { present, zoneOf } from '../shared/moment.ts';
import { aTurn } from '../shared/turn.ts';
import { subjectOf, wordsOf } from './acts.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { journeysNow, lookAt } from './current-state.ts';
import { rowsBy } from './view.ts';

interface Client {
  readonly id: string;
  readonly timezone: string;
}

/**
 * Starts the offboarding of everyone with a seat who has left according to the roster or, without one, the Entra users,
 * and the onboarding of everyone who is new there. If the roster may be the wrong file, none is started, and a person
 * has to look first. One that a person ended is not started again by the same reading.
 */
export async function beginJourneys(services: Services): Promise<void> {
  const clients = await services.store.read('system', (tx) =>
    tx
      .selectFrom('clients')
      .select(['id', 'profile', 'facts_version'])
      .where('sandbox', '=', false)
      .execute(),
  );
  for (const { id, profile, facts_version } of clients)
    try {
      await beginOnce(services, { id, timezone: zoneOf(profile) }, String(facts_version));
    } catch (error) {
      // A failure for one client must not affect the others.
      services.log.error({ err: error, client: id }, 'people who leave or join could not be looked for');
    }
}

/** State of each client at the last run, per store; if nothing was stored since, there is no one new. */
const looked = new WeakMap<Services['store'], Map<string, string>>();

async function beginOnce(services: Services, client: Client, facts: string): Promise<void> {
  const seen = looked.get(services.store) ?? new Map<string, string>();
  looked.set(services.store, seen);
  const mark = `${facts} ${present(services.clock(), client.timezone).today}`;
  if (seen.get(client.id) === mark) return;
  await beginFor(services, client);
  seen.set(client.id, mark);
}

async function beginFor(services: Services, client: Client): Promise<void> {
  const now = services.clock();
  const asking = { services, now };
  await reopenReturned(asking, client);
  const current = await journeysNow(asking, client);
  const people = (await readingNow(asking, client))?.rows ?? [];
  const found = (['leaving', 'joining'] as const).flatMap((kind) => candidatesOf(kind, current, people));
  if (current.roster !== null || found.length === 0) return;
  const known = rowsBy(people);
  const keyOf = (key: string) => known(key)?.key ?? key;
  const begun = await services.store.write([client.id], async (tx) => {
    const rows = await journeysOf(tx, client.id);
    const before = (kind: JourneyKind, key: string) =>
      rows.filter((row) => row.kind === kind && keyOf(row.person_key) === keyOf(key));
    const due = found
      .filter((one) => isDue(one, before(one.kind, one.key), client.timezone))
      .map((one) => ({ one, row: rowOf(client.id, one, now) }));
    const added = new Set(
      await insertJourneys(
        tx,
        due.map(({ row }) => row),
      ),
    );
    for (const { one, row } of due) {
      if (!added.has(row)) continue;
      await aTurn();
      await appendAudit(tx, {
        chain: client.id,
        actor: BYLAW,
        action: 'journeys.start',
        subject: subjectOf(row),
        before: null,
        after: { ...wordsOf(row), from: one.from, readOn: one.seenOn },
        at: now,
      });
    }
    return added.size;
  });
  if (begun > 0) services.events.publish({ client: client.id, topic: 'people', id: null });
}

/** Days for which a removed person is looked for in newer lists of members. */
const WATCHED_DAYS = 400;

/**
 * Reopens the offboarding of everyone who has a seat again in a list of members from after its end, so that the owner
 * has it under Work.
 */
async function reopenReturned(asking: { services: Services; now: Date }, client: Client): Promise<void> {
  const { services, now } = asking;
  const since = now.getTime() - WATCHED_DAYS * 86_400_000;
  const ended = (await services.store.read([client.id], (tx) => journeysOf(tx, client.id))).filter(
    ({ kind, ended_why, ended_at }) =>
      kind === 'leaving' && ended_why === 'done' && ended_at !== null && ended_at.getTime() >= since,
  );
  if (ended.length === 0) return;
  const { journeys } = await lookAt(asking, { id: client.id, timezone: client.timezone }, ended);
  for (const { row, steps } of journeys) {
    const seat = steps.find(({ step }) => step.proof === 'seat_gone')?.shown;
    const endedOn = present(row.ended_at ?? now, client.timezone).today;
    if (seat?.is !== 'not_done' || seat.on === null || seat.on <= endedOn) continue;
    const open = { ...row, ended_why: null, ended_by: null, ended_by_name: null, ended_at: null };
    const reopened = await services.store.write([client.id], async (tx) => {
      const other = (await openJourneys(tx, [client.id])).some(
        (one) => one.kind === row.kind && one.person_key === row.person_key,
      );
      if (other || !(await changeJourney(tx, row, open))) return false;
      await appendAudit(tx, {
        chain: client.id,
        actor: BYLAW,
        action: 'journeys.reopen',
        subject: subjectOf(row),
        before: wordsOf(row),
        after: { ...wordsOf(open), from: 'members', readOn: seat.on },
        at: now,
      });
      return true;
    });
    if (reopened) services.events.publish({ client: client.id, topic: 'people', id: null });
  }
}

/** Whether no one has started or ended one for what the reading shows. */
function isDue(one: Candidate, before: readonly PersonJourneyRow[], timezone: string): boolean {
  return before.every((row) => {
    if (row.ended_at === null) return false;
    const endedOn = present(row.ended_at, timezone).today;
    if (endedOn >= one.seenOn) return false;
    return one.dayKnown ? row.day < one.day : row.ended_why === 'returned';
  });
}

function rowOf(clientId: string, { kind, key, name, day }: Candidate, now: Date): PersonJourneyRow {
  return {
    client_id: clientId,
    id: randomUUID(),
    kind,
    person_key: key,
    name,
    day,
    owner_user: null,
    owner_name: null,
    owner_mail: null,
    started_by: 'bylaw',
    started_by_name: BYLAW.name,
    started_at: now,
    ended_why: null,
    ended_by: null,
    ended_by_name: null,
    ended_at: null,
    version: 1,
  };
}
// Guide: G2.2-12 G5.5-05 G7.3-01
