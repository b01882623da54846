import type { Connector } from '../model/catalogue.ts';
import { daysBetween } from '../model/day.ts';
import { ENDS_SOON_DAYS, type RequestState } from './words.ts';

interface Dated {
  /** As stored: asked, in_review, deferred, approved, refused, withdrawn. */
  readonly state: string;
  /** Day on which to decide again. */
  readonly deferredUntil?: string | null;
  /** Last day of the approval. */
  readonly until: string | null;
}

/** State of a request on a day. Approvals end with time, and deferred requests return on their day. */
export function requestStateOn(today: string, { state, until, deferredUntil }: Dated): RequestState {
  if (state === 'deferred') return deferredUntil != null && deferredUntil <= today ? 'asked' : 'deferred';
  if (state === 'approved') return until !== null && until < today ? 'lapsed' : 'approved';
  return state === 'in_review' || state === 'refused' || state === 'withdrawn' ? state : 'asked';
}

/** Whether there is no final decision: it is waiting or deferred. */
export function isOpenRequest(state: string): boolean {
  return isWaitingRequest(state) || state === 'deferred';
}

/** Whether someone has to decide on it now. */
export function isWaitingRequest(state: string): boolean {
  return state === 'asked' || state === 'in_review';
}

export function endsSoon(today: string, { state, until }: Dated): boolean {
  return (
    until !== null &&
    requestStateOn(today, { state, until }) === 'approved' &&
    daysBetween(today, until) <= ENDS_SOON_DAYS
  );
}

/** A connector under any name. Two are the same if their keys are equal, or if they share a catalogue entry. */
export interface Named {
  readonly key: string;
  readonly entries: readonly Pick<Connector, 'id'>[];
}

export function isSameConnector(a: Named, b: Named): boolean {
  return a.key === b.key || a.entries.some(({ id }) => b.entries.some((other) => other.id === id));
}

/**
 * Why an address must not be stored; null: it may. A pasted address may contain a key, and many people can read what is
 * stored.
 */
export function addressFault(address: string): string | null {
  if (!URL.canParse(address))
    return 'The address cannot be read. Write it as https://server.example.org/path.';
  const url = new URL(address);
  if (url.protocol !== 'https:')
    return 'A server address has to start with https://. Without it, anyone along the way can read the traffic.';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return 'The address may hold a secret. Leave out a name or password before the @, and everything from ? or # on.';
  return null;
}
