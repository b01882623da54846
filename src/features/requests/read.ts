import type { z } from 'zod';
import type { Catalogue, Connector } from '#domain/model/catalogue.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { ReviewKind } from '#domain/model/request-review.ts';
import { approversFor, type Reach, reachOf } from '#domain/requests/decide.ts';
import { type Assessment, assessReview, reviewKinds } from '#domain/requests/review.ts';
import { endsSoon, isOpenRequest, requestStateOn } from '#domain/requests/status.ts';
import type { Writes } from '#domain/requests/words.ts';
import { WRITES } from '#domain/requests/words.ts';
import { type ConnectorMatch, matchConnector } from '#domain/rules/connectors/match.ts';
import type { RequestRow } from '#store/requests/requests.ts';
import type { HandlerContext, Services } from '../context.ts';
import { conflict } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { dataKind, ownRequestSchema } from './schemas.ts';

/** A request with what the catalogue knows about it. */
export interface ReadRequest {
  readonly row: RequestRow;
  readonly entry: Connector | null;
  readonly place: ConnectorMatch;
  readonly reach: Reach;
  readonly kinds: readonly ReviewKind[];
  readonly review: Assessment;
  readonly approvers: ReturnType<typeof approversFor>;
}

/** Evaluates a stored request by today's catalogue. */
export function readRequest(catalogue: Catalogue, row: RequestRow): ReadRequest {
  const entry = catalogue.connectors.find(({ id }) => id === row.entry) ?? null;
  const reach = reachOf(entry, { data: row.data, writes: writesOf(row) });
  const kinds = reviewKinds(entry, reach.memberData);
  return {
    row,
    entry,
    place: matchConnector(entry?.name ?? row.name, catalogue),
    reach,
    kinds,
    review: assessReview(catalogue.requestReview, kinds, row.answers),
    approvers: approversFor(reach),
  };
}

function writesOf(row: RequestRow): Writes {
  return WRITES.find((one) => one === row.writes) ?? 'not_known';
}

/** A client on a day, for a signed-in person or a staff member without an account. */
export interface AtClient {
  readonly client: Pick<HandlerContext['client'], 'id' | 'timezone'>;
  readonly now: Date;
  readonly services: Pick<Services, 'catalogue'>;
}

export function todayOf({ now, client }: Pick<AtClient, 'now' | 'client'>): string {
  return present(now, client.timezone).today;
}

/** Fields of every view of a request. */
export function commonView(row: RequestRow, today: string) {
  const dated = { state: row.state, until: row.until_day, deferredUntil: row.deferred_until };
  return {
    id: row.id,
    entry: row.entry,
    name: row.name,
    url: row.url,
    purpose: row.purpose,
    data: row.data as z.infer<typeof dataKind>[],
    people: row.people,
    writes: writesOf(row),
    wantedUntil: row.wanted_until,
    state: requestStateOn(today, dated),
    asked: { by: row.asked_by_name, at: row.asked_at.toISOString() },
    until: row.until_day,
    deferredUntil: row.state === 'deferred' ? row.deferred_until : null,
    endsSoon: endsSoon(today, dated),
    reason: row.reason,
    decided:
      row.decided_at === null
        ? null
        : { by: row.decided_by_name ?? 'Someone', at: row.decided_at.toISOString() },
    version: row.version,
  };
}

/** The request as the person who made it sees it. */
export function ownView(row: RequestRow, today: string): z.infer<typeof ownRequestSchema> {
  return { ...commonView(row, today), mayWithdraw: isOpenRequest(row.state) };
}

const DONE: Readonly<Record<string, string>> = {
  approved: 'approved this request',
  refused: 'refused this request',
  deferred: 'put this request off',
  withdrawn: 'took this request back',
};

/** The error that someone else has handled the request in the meantime. */
export function editConflict(row: RequestRow) {
  return conflict(
    `${row.changed_by_name} ${ownValue(DONE, row.state) ?? 'changed this request'} meanwhile. Nothing of yours was stored; look at it again.`,
    { by: row.changed_by_name, at: row.changed_at, version: row.version },
  );
}

export function announce({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'requests', id });
}
