import type { Control } from '#domain/model/catalogue.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { dayWords, sentence } from '#domain/text/words.ts';
import type { FactEvent } from '#store/verdicts/facts.ts';
import type { VerdictStretch } from '#store/verdicts/history.ts';
import { kindWords } from '../shared/words.ts';
import type { Cause } from './contract.ts';

/**
 * Maximum milliseconds between a change of facts and the resulting decision. It usually follows at once; this allows
 * for a client with years of audit log.
 */
const CAUSE_WINDOW_MS = 15 * 60_000;

/** Kinds that are affected by decisions about people. */
const OF_PEOPLE: readonly string[] = ['members', 'roster', 'entra_users', 'domain_memberships'];

/** Whether an event can have changed the state of a control. */
export function bearsOn(event: FactEvent, control: Control): boolean {
  const reads = control.checks.flatMap((check) => check.reads);
  switch (event.what) {
    case 'attestation':
    case 'exception':
      return event.control === control.id;
    case 'import':
    case 'document':
      return event.kind !== null && reads.includes(event.kind);
    case 'people':
      return reads.some((kind) => OF_PEOPLE.includes(kind));
    case 'profile':
      return true;
  }
}

/**
 * The cause of a verdict, determined only from stored records: a change that affects the control right before it,
 * otherwise the day on which the previous verdict's readings expired, otherwise a change of the catalogue. `before` is
 * the previous verdict; null: there was none.
 */
export function causeOf(
  verdict: VerdictStretch,
  before: VerdictStretch | null,
  control: Control,
  events: readonly FactEvent[],
  nameOf: (by: string | null) => string | null,
): Cause {
  const until = verdict.since.getTime();
  const near = events.filter(
    (event) =>
      event.at.getTime() <= until && event.at.getTime() >= until - CAUSE_WINDOW_MS && bearsOn(event, control),
  );
  const event = near[0];
  if (event !== undefined)
    return {
      what: event.what,
      words: asksForAll(verdict, event) ? 'Imports changed' : eventWords(event),
      by: nameOf(event.by),
    };
  if (before === null) return { what: 'first', words: 'First decided', by: null };
  if (before.verdict.version !== verdict.verdict.version)
    return { what: 'catalogue', words: 'The catalogue describes this control differently', by: null };
  if (before.goodUntil !== null && before.goodUntil < verdict.decidedDay)
    return {
      what: 'time',
      words: `What it rested on counted until ${dayWords(before.goodUntil)}`,
      by: null,
    };
  return { what: 'time', words: 'A date was passed', by: null };
}

/**
 * Whether a verdict uses no file of the imported kind and asks for one as if there were none. A decision made while
 * the file was being stored did not see it, and "imported" beside "has not been provided" would be a contradiction.
 */
function asksForAll({ verdict }: VerdictStretch, event: FactEvent): boolean {
  if (event.what !== 'import' || event.act === 'set_aside') return false;
  return (
    verdict.asks.some(({ of, field, detail }) => of === 'source' && field === event.kind && detail === '') &&
    !verdict.evidence.some(({ kind }) => kind === event.kind)
  );
}

const ACTS: Readonly<Record<string, string>> = {
  created: 'made',
  withdrawn: 'withdrawn',
  requested: 'requested',
  approved: 'approved',
  refused: 'refused',
  ended: 'ended',
};

const READING_ACTS: Readonly<Record<string, string>> = {
  stored: 'imported',
  set_aside: 'set aside',
  put_back: 'put back',
};

/** "Members file imported", "Exception approved". */
export function eventWords(event: FactEvent): string {
  switch (event.what) {
    case 'import':
      return `${sentence(kindWords(event.kind ?? 'file'))} ${ownValue(READING_ACTS, event.act) ?? 'imported'}`;
    case 'document':
      return `${sentence(kindWords(event.kind ?? 'document'))} stored`;
    case 'attestation':
      return `Attestation ${ownValue(ACTS, event.act) ?? event.act}`;
    case 'exception':
      return `Exception ${ownValue(ACTS, event.act) ?? event.act}`;
    case 'people':
      return `Decision about people ${event.act === 'withdrawn' ? 'withdrawn' : 'made'}`;
    case 'profile':
      return 'Client edited';
  }
}
