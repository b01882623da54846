import type { z } from 'zod';
import { daysBetween } from '#domain/model/day.ts';
import type { Difference } from '#domain/personal-accounts/difference.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import { ANSWER_WORDS, MESSAGE_KINDS, type MessageKind } from '#domain/personal-accounts/steps.ts';
import { sentence } from '#domain/text/words.ts';
import type { MessageRow } from '#store/personal-accounts/messages.ts';
import type { Services } from '../context.ts';
import { kindsFor, outcomeOf } from './messages/sending-rules.ts';
import { templateOf } from './messages/texts.ts';
import type { RegisterReading } from './reading.ts';
import { nameOf } from './register.ts';
import type { CLOSED_AFTER, entrySchema, messageLine, statisticsSchema } from './schemas.ts';

export type EntryView = z.infer<typeof entrySchema>;

export interface Seeing {
  readonly reading: RegisterReading;
  /** The newest message to each account. */
  readonly newest: ReadonlyMap<string, MessageRow>;
  readonly now: Date;
}

export function kindOf(row: Pick<MessageRow, 'kind'>): MessageKind {
  return MESSAGE_KINDS.find((one) => one === row.kind) ?? 'first';
}

export function closedAfter({ closed, messages }: Entry): (typeof CLOSED_AFTER)[number] | null {
  if (closed === null) return null;
  return messages === 0 ? 'none' : messages === 1 ? 'first' : 'more';
}

/** Whether something is left to do: the account is neither confirmed closed nor exempt. */
export function isOpen({ state }: Pick<Entry, 'state'>): boolean {
  return state !== 'closed' && state !== 'exempt';
}

export function entryView(entry: Entry, { reading, newest, now }: Seeing): EntryView {
  const { seen, answer, exemption, closed } = entry;
  const { today, reports } = reading;
  const message = newest.get(entry.key);
  const waits = entry.state === 'contacted' && answer === null && entry.lastMessageOn !== null;
  const difference: Difference | null = reports[0]?.changes.get(entry.key) ?? null;
  return {
    account: entry.key,
    name: nameOf(reading, entry),
    state: entry.state,
    words: entry.words,
    certain: entry.certain,
    plan: seen?.plan ?? null,
    organization: seen?.organization ?? null,
    openedOn: seen?.createdOn?.slice(0, 10) ?? null,
    lastActiveOn: seen?.lastActiveOn?.slice(0, 10) ?? null,
    firstSeen: entry.firstSeen,
    lastSeen: entry.lastSeen,
    cameBack: entry.cameBack,
    closed: closed === null ? null : { ...closed },
    closedAfter: closedAfter(entry),
    messages: entry.messages,
    contactedOn: entry.contactedOn,
    lastMessageOn: entry.lastMessageOn,
    contactedHow: entry.contactedHow,
    silentDays: waits ? daysBetween(entry.lastMessageOn ?? today, today) : null,
    answer: answer === null ? null : { ...answer, words: sentence(ANSWER_WORDS[answer.answer]) },
    usedForWork: entry.usedForWork,
    exemption: exemption === null ? null : { ...exemption },
    exemptionEnded: entry.exemptionEnded,
    doubt: entry.doubt,
    owner: entry.owner,
    due: entry.due,
    overdue: isOpen(entry) && entry.due !== null && entry.due < today,
    note: entry.steps.findLast(({ note }) => note !== null)?.note ?? null,
    difference,
    can: [...kindsFor(entry)],
    message:
      message === undefined
        ? null
        : {
            kind: kindOf(message),
            outcome: outcomeOf(message, now),
            why: message.why,
            at: message.begun_at.toISOString(),
          },
    version: entry.version,
  };
}

export function statisticsOf(entries: readonly Entry[], today: string): z.infer<typeof statisticsSchema> {
  const number = (fits: (entry: Entry) => boolean) => entries.filter(fits).length;
  return {
    accounts: entries.length,
    contacted: number(({ messages }) => messages > 0),
    closed: number(({ state }) => state === 'closed'),
    closedAfterFirst: number((entry) => closedAfter(entry) === 'first'),
    closedAfterMore: number((entry) => closedAfter(entry) === 'more'),
    closedWithout: number((entry) => closedAfter(entry) === 'none'),
    open: number(isOpen),
    overdue: number((entry) => isOpen(entry) && entry.due !== null && entry.due < today),
    usedForWork: number((entry) => isOpen(entry) && entry.usedForWork === true),
  };
}

export function messageView(
  services: Pick<Services, 'catalogue'>,
  row: MessageRow,
  now: Date,
): z.infer<typeof messageLine> {
  const kind = kindOf(row);
  return {
    id: row.id,
    account: row.account,
    kind,
    title: templateOf(services, kind).title,
    to: row.recipient,
    subject: row.subject,
    text: row.body,
    wording: row.wording,
    how: row.how === 'hand' ? 'hand' : 'mail',
    outcome: outcomeOf(row, now),
    why: row.why,
    by: row.begun_by_name,
    at: row.begun_at.toISOString(),
  };
}
// Guide: G4.2-05
