import { z } from 'zod';
import { domainOf } from '#domain/people/names.ts';
import type { Entry, EntryState } from '#domain/personal-accounts/register.ts';
import { isStep, type MessageKind } from '#domain/personal-accounts/steps.ts';
import { dayWords } from '#domain/text/words.ts';
import { isWithin } from '#store/clock.ts';
import type { MessageRow } from '#store/personal-accounts/messages.ts';
import type { RegisterReading } from '../reading.ts';

/** Minutes after which the outcome of an unfinished message counts as unknown. */
export const UNKNOWN_MINUTES = 10;

/** Outcome of a message, as far as known now. */
export function outcomeOf(row: MessageRow, now: Date): 'sending' | 'sent' | 'failed' | 'unknown' {
  if (row.state === 'sent' || row.state === 'failed') return row.state;
  return isWithin(row.begun_at, now, UNKNOWN_MINUTES * 60_000) ? 'sending' : 'unknown';
}

const WHEN: Readonly<Record<Exclude<MessageKind, 'managers'>, readonly EntryState[]>> = {
  first: ['found'],
  reminder: ['contacted', 'migrating'],
  offer: ['found', 'contacted', 'migrating'],
  thanks: ['closed'],
};

/** Kinds of message suitable for an account in its current state. */
export function kindsFor(entry: Entry): readonly MessageKind[] {
  if (!entry.certain) return [];
  return (['first', 'reminder', 'offer', 'thanks'] as const).filter(
    (kind) => WHEN[kind].includes(entry.state) && !(kind === 'thanks' && thanked(entry)),
  );
}

function thanked({ steps, closed }: Entry): boolean {
  return steps
    .filter(isStep('contacted'))
    .some(({ message, day }) => message === 'thanks' && day >= (closed?.on ?? ''));
}

/** Why this message cannot go to the holder of this account; null if it can. */
export function whyNot(
  kind: MessageKind,
  entry: Entry,
  { domains }: Pick<RegisterReading, 'domains'>,
): string | null {
  if (kind === 'managers') return 'Messages to managers are not sent to account holders.';
  if (!z.email().safeParse(entry.key).success) return 'Mail cannot be sent to this address.';
  if (!domains.includes(domainOf(entry.key)))
    return `Its domain is not one of this client’s, which are ${domains.join(', ')}.`;
  if (!entry.certain)
    return 'Not known whether this account is in the workspace. Import a current members file first.';
  if (kindsFor(entry).includes(kind)) return null;
  if (kind === 'first' && entry.contactedOn !== null && entry.state === 'contacted')
    return `Its holder was already contacted on ${dayWords(entry.contactedOn)}. Send a reminder instead.`;
  if (kind === 'thanks' && entry.state === 'closed') return 'Its holder has already been thanked.';
  if (kind === 'thanks') return 'No report shows it closed yet.';
  return `That is already the case: ${entry.words}.`;
}

/** Why a message to this account has to wait; null if no other is in progress. */
export function underWay(
  kind: MessageKind,
  before: readonly MessageRow[],
  now: Date,
  today: string,
  dayOf: (at: Date) => string,
): string | null {
  for (const row of before) {
    const outcome = outcomeOf(row, now);
    if (outcome === 'sending') return `${row.begun_by_name} is writing to this holder right now.`;
    if (outcome === 'sent' && row.kind === kind && dayOf(row.begun_at) === today)
      return `${row.begun_by_name} already sent this message today.`;
  }
  return null;
}
