import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { trustedInstant } from '#domain/activity/instant.ts';
import { addDays, daysBetween } from '#domain/model/day.ts';
import { anthropicAdmin, type ListedChat } from '#sources/anthropic/admin.ts';
import { SourceProblem } from '#sources/problem.ts';
import { activitiesOfPerson } from '#store/activity/read.ts';
import { accountsOf } from '#store/usage/accounts.ts';
import type { HandlerContext } from '../context.ts';
import { peopleOf } from '../people/index.ts';
import { badRequest, forbidden } from '../problems.ts';
import { readerOf } from '../sources/index.ts';
import type { ASKED, conversation } from './contract.ts';

type Conversation = z.infer<typeof conversation>;

const READER = { vendor: 'anthropic', kind: 'access' };
const SCOPE = 'read:compliance_user_data';
const MAX_DAYS = 92;
const MAX_CHATS = 2000;
const MAX_EVENTS = 20_000;
/** Accounts that the vendor takes in one question. */
const MAX_ACCOUNTS = 10;
/** Limit for all of Claude's answers together. */
const TIMEOUT_MS = 30_000;

interface Asking {
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/**
 * Conversations of one person in a period: from Claude itself where a key may read them, and from the log. With the record
 * of who looked at whose, and why; what cannot be recorded is not answered.
 */
export async function showConversations(context: HandlerContext, { person, from, to, reason }: Asking) {
  const { client, can, read, now } = context;
  // By a person's name or not at all: a number that stands for someone would be found out by their times.
  if (!can('people.read')) throw forbidden('Your role does not include people.');
  if (to < from) throw badRequest('The last day is before the first.');
  if (daysBetween(from, to) > MAX_DAYS) throw badRequest(`Ask for ${MAX_DAYS} days at most.`);
  const people = await peopleOf(context, client, { masked: false });
  // An address counts in any case, the id of an account in its own.
  const known = person.includes('@') ? person.toLowerCase() : person;
  const one = people.of(known);
  const own = people.addressesOf(one.key);
  const begin = startOf(from, client.timezone);
  const until = startOf(addDays(to, 1), client.timezone);
  const { events, accounts } = await read(async (tx) => {
    const found: StoredActivity[] = [];
    for (const address of own)
      found.push(
        ...(await activitiesOfPerson(
          tx,
          client.id,
          address,
          begin,
          new Date(until.getTime() - 1),
          MAX_EVENTS,
        )),
      );
    return { events: found, accounts: await accountsOf(tx, client.id) };
  });
  const ids = own.filter((id) => accounts.has(id));
  const { asked, chats, unread } = await askClaude(context, ids, { from: begin, until });
  const items = new Map(inLog(events).map((session) => [session.id, session]));
  for (const chat of chats) items.set(chat.id, beside(chat, items.get(chat.id), now));
  await context.change((_tx, recorder) =>
    recorder.record({
      subject: { kind: 'person', id: one.key, name: one.name },
      reason,
      after: { from, to, conversations: items.size, asked },
    }),
  );
  return {
    // One without a date comes last.
    items: [...items.values()].sort((a, b) => (b.beganAt ?? '').localeCompare(a.beganAt ?? '')),
    total: items.size,
    asked,
    unread,
    logWhole: events.length < MAX_EVENTS,
  };
}

function startOf(day: string, zone: string): Date {
  return DateTime.fromISO(day, { zone }).startOf('day').toJSDate();
}

/** Sessions of the log, each with what its events state. */
function inLog(events: readonly StoredActivity[]): Conversation[] {
  const sessions = Map.groupBy(
    events.filter(({ session }) => session !== null),
    ({ session }) => session ?? '',
  );
  return [...sessions].map(([id, own]): Conversation => {
    const times = own.map(({ at }) => at).sort();
    const requests = own.filter(({ category }) => category === 'model_request');
    const models = [...new Set(own.flatMap(({ model }) => model ?? []))].sort();
    const [first = '', last = first] = [times[0], times.at(-1)];
    return {
      id,
      surface: own.find(({ surface }) => surface !== 'unknown')?.surface ?? 'unknown',
      beganAt: first,
      lastAt: last,
      models: models.length === 0 ? null : models,
      requests: requests.length === 0 ? null : requests.length,
      tokens: tokensOf(requests),
      project: null,
      deleted: null,
      from: ['log'],
    };
  });
}

/** Tokens of requests that state both what went in and what came out; null: none does. */
function tokensOf(requests: readonly StoredActivity[]): number | null {
  const stated = requests.flatMap(({ amounts: { inputTokens, outputTokens } }) =>
    inputTokens === null || outputTokens === null ? [] : [inputTokens + outputTokens],
  );
  return stated.length === 0 ? null : stated.reduce((sum, one) => sum + one, 0);
}

/** A chat as Claude lists it, with what only the log states of it. */
function beside(chat: ListedChat, log: Conversation | undefined, now: Date): Conversation {
  const instantOf = (text: string | null) => {
    const { at, claimedAt } = trustedInstant(Date.parse(text ?? ''), text ?? '', now);
    return claimedAt === null ? at : null;
  };
  return {
    id: chat.id,
    surface: 'chat',
    beganAt: instantOf(chat.createdAt) ?? log?.beganAt ?? null,
    lastAt: instantOf(chat.updatedAt) ?? log?.lastAt ?? null,
    models: chat.model === null ? (log?.models ?? null) : [chat.model],
    requests: log?.requests ?? null,
    tokens: log?.tokens ?? null,
    project: chat.project,
    deleted: chat.deleted,
    from: log === undefined ? ['claude'] : ['claude', 'log'],
  };
}

async function askClaude(
  { services, client }: HandlerContext,
  accounts: readonly string[],
  period: { readonly from: Date; readonly until: Date },
): Promise<{
  readonly asked: (typeof ASKED)[number];
  readonly chats: readonly ListedChat[];
  readonly unread: number;
}> {
  const nothing = { chats: [], unread: 0 };
  const reader = await readerOf(services, client.id, READER, SCOPE);
  if (reader === null) return { asked: 'not_connected', ...nothing };
  if (accounts.length === 0) return { asked: 'no_account', ...nothing };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { credential, reach } = reader(signal);
  try {
    const admin = anthropicAdmin(credential.key ?? '', reach);
    const days = { from: period.from.toISOString(), until: period.until.toISOString() };
    const chats: ListedChat[] = [];
    let isWhole = true;
    let unread = 0;
    for (let at = 0; at < accounts.length; at += MAX_ACCOUNTS) {
      const some = accounts.slice(at, at + MAX_ACCOUNTS);
      const list = await admin.chats(some, days, MAX_CHATS);
      chats.push(...list.items);
      isWhole &&= list.whole;
      unread += list.unread;
    }
    return { asked: isWhole ? 'read' : 'in_part', chats, unread };
  } catch (error) {
    if (!(error instanceof SourceProblem) && !signal.aborted) throw error;
    return { asked: 'no_answer', ...nothing };
  }
}
// Guide: G5.2-03
