import type { z } from 'zod';
import { effectiveCharter } from '#domain/charter/effective.ts';
import type { Connector } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import type { Permission } from '#domain/model/kinds.ts';
import { isOpenRequest, isSameConnector, requestStateOn } from '#domain/requests/status.ts';
import { MAX_REQUEST_DAYS } from '#domain/requests/words.ts';
import { type Approved, approvedConnectors } from '#domain/rules/connectors/chartered.ts';
import { type ConnectorMatch, matchConnector } from '#domain/rules/connectors/match.ts';
import { dayWords, names, sentence } from '#domain/text/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { allRequests, type RequestRow } from '#store/requests/requests.ts';
import { wholeCharter } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { type AtClient, ownView, readRequest, todayOf } from './read.ts';
import type { mineSchema, statusSchema } from './schemas.ts';

interface Wanted {
  readonly entry?: string | undefined;
  readonly name?: string | undefined;
}

/** Identifies the requested connector. A name that matches one entry of the catalogue is that entry. */
export function wantedPlace(
  { services }: AtClient,
  { entry: id, name }: Wanted,
): { readonly entry: Connector | null; readonly name: string; readonly place: ConnectorMatch } {
  const { catalogue } = services;
  if (id !== undefined) {
    const entry = catalogue.connectors.find((one) => one.id === id);
    if (entry === undefined)
      throw badRequest(`The catalogue has no connector ${id}. Choose one from the list, or give a name.`);
    return { entry, name: entry.name, place: matchConnector(entry.name, catalogue) };
  }
  if (name === undefined)
    throw badRequest('Say which connector: choose one from the catalogue, or give its name.');
  const place = matchConnector(name, catalogue);
  if (place.entries.length > 1)
    throw badRequest(
      `${name} can mean ${names(place.entries.map((one) => one.name))}. Choose the one you mean.`,
    );
  const [entry = null] = place.entries;
  return { entry, name: entry?.name ?? name, place };
}

/** Connectors of the charter in force, each with the day until which a request approves it. */
export async function approvedNow(tx: Tx, context: AtClient) {
  const { client, services } = context;
  const today = todayOf(context);
  const current = await newestCharter(tx, client.id);
  const charter = current === null ? {} : effectiveCharter(wholeCharter(current), today);
  const requests = await allRequests(tx, client.id);
  return {
    charter: current !== null,
    requests,
    approved: approvedConnectors(charter, services.catalogue).map((one) => ({
      one,
      until: untilOf(context, one.place, requests),
    })),
  };
}

/** The latest day until which a request approves a connector; null: no request does. */
function untilOf(
  { services }: AtClient,
  place: ConnectorMatch,
  requests: readonly RequestRow[],
): string | null {
  const days = requests.flatMap((row) =>
    row.state === 'approved' &&
    row.until_day !== null &&
    isSameConnector(readRequest(services.catalogue, row).place, place)
      ? [row.until_day]
      : [],
  );
  return days.sort().at(-1) ?? null;
}

/** {@link statusSchema} with the waiting request, which is shown only to those who may see requests. */
type StatusIn = Omit<z.infer<typeof statusSchema>, 'waiting'> & {
  readonly waiting: (z.infer<typeof statusSchema>['waiting'] & { readonly request: string }) | null;
};

/**
 * What already exists for a connector: an approval, or a waiting request. Of other people's requests it only says that
 * there is one.
 */
export async function statusIn(
  tx: Tx,
  context: AtClient & { readonly actor: Pick<HandlerContext['actor'], 'userId'> },
  place: ConnectorMatch,
): Promise<StatusIn> {
  const { services, client, actor } = context;
  const today = todayOf(context);
  const { approved, requests } = await approvedNow(tx, context);
  const there = approved.find(({ one }) => isSameConnector(one.place, place));
  const waiting = requests.find(
    (row) => isOpenRequest(row.state) && isSameConnector(readRequest(services.catalogue, row).place, place),
  );
  const ended = there?.until != null && there.until < today;
  const since = waiting === undefined ? '' : present(waiting.asked_at, client.timezone).today;
  const approval =
    there === undefined || ended ? null : { name: there.one.connector.name, until: there.until };
  const words =
    waiting !== undefined
      ? `${waiting.asked_by === actor.userId ? 'You' : 'Someone'} already requested it on ${dayWords(since)}. ${requestStateOn(today, { state: waiting.state, until: null, deferredUntil: waiting.deferred_until }) === 'deferred' ? `It was postponed until ${dayWords(waiting.deferred_until ?? '')}.` : 'It is waiting for a decision.'}`
      : approval !== null
        ? `${approval.name} is approved already${approval.until === null ? '' : `, until ${dayWords(approval.until)}`}.`
        : ended && there?.until != null
          ? `It was approved until ${dayWords(there.until)}. That has ended, so it can be requested again.`
          : null;
  return {
    approved: approval,
    waiting:
      waiting === undefined ? null : { since, mine: waiting.asked_by === actor.userId, request: waiting.id },
    words,
  };
}

export async function statusOf(context: HandlerContext, wanted: Wanted) {
  const { place } = wantedPlace(context, wanted);
  const { waiting, ...status } = await context.read((tx) => statusIn(tx, context, place));
  return { ...status, waiting: waiting && { since: waiting.since, mine: waiting.mine } };
}

/** What a staff member sees: what is approved, in plain words, and their own requests. */
export async function showMine(context: HandlerContext): Promise<z.infer<typeof mineSchema>> {
  const { services, actor } = context;
  const today = todayOf(context);
  const { charter, approved, requests } = await context.read((tx) => approvedNow(tx, context));
  const items = requests
    .filter(({ asked_by }) => asked_by === actor.userId)
    .map((row) => ownView(row, today));
  return {
    items,
    total: items.length,
    charter,
    approved: approved
      .map(({ one, until }) => ({
        name: one.connector.name,
        words: plainWords(one),
        until,
        ended: until !== null && until < today,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    connectors: services.catalogue.connectors
      .map(({ id, name }) => ({ id, name }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    today,
    latest: addDays(today, MAX_REQUEST_DAYS),
  };
}

/**
 * What Claude may change through an approved connector, by names of actions; an action that the catalogue does not
 * know is assumed to change something.
 */
export function changesOf({ actions }: Approved): {
  readonly allowed: readonly string[];
  readonly asks: readonly string[];
} {
  const titles = (permission: 'allow' | 'ask') => [
    ...new Set(
      actions.flatMap((one) => {
        const { match, text } = one;
        if (one.permission !== permission) return [];
        if (match.kind === 'actions')
          return match.actions.flatMap(({ action }) => (action.effect === 'read' ? [] : [action.title]));
        if (match.kind === 'class') return match.effects.every((effect) => effect === 'read') ? [] : [text];
        return [match.kind === 'rest' ? '*' : text];
      }),
    ),
  ];
  return { allowed: titles('allow'), asks: titles('ask') };
}

/** What an approved connector lets Claude do, by names of actions in the catalogue or the charter. */
export interface Permits {
  readonly allow: readonly string[];
  readonly ask: readonly string[];
  /** Permission of all actions that are not named. */
  readonly rest: Permission;
}

export function permitsOf({ actions }: Approved): Permits {
  const titles = (permission: 'allow' | 'ask') => {
    const of = actions.filter((action) => action.permission === permission && action.match.kind !== 'rest');
    return [
      ...new Set(
        of.map(({ text, match }) =>
          match.kind === 'actions' ? (match.actions[0]?.action.title ?? text) : text,
        ),
      ),
    ];
  };
  return {
    allow: titles('allow'),
    ask: titles('ask'),
    rest: actions.find(({ match }) => match.kind === 'rest')?.permission ?? 'blocked',
  };
}

/** "Claude may: Search content. It asks you first for: Update file. Everything else is blocked." */
export function plainWords(one: Approved): string {
  const { allow, ask, rest } = permitsOf(one);
  const by = (list: readonly string[], says: string) =>
    list.length === 0 ? [] : [`${says} ${names(list, 6)}.`];
  const named = [...by(allow, 'Claude may:'), ...by(ask, 'It asks you first for:')];
  if (named.length === 0)
    return rest === 'blocked'
      ? 'Everything is blocked.'
      : rest === 'ask'
        ? 'Claude asks you first before doing anything.'
        : 'Everything is allowed.';
  const words = [
    ...named,
    rest === 'blocked'
      ? 'everything else is blocked.'
      : rest === 'ask'
        ? 'for everything else it asks you first.'
        : 'everything else is allowed.',
  ];
  return words.map(sentence).join(' ');
}
