import type { Charter } from '../model/charter.ts';
import type { Journal } from '../model/journal.ts';
import type { DocumentOf } from '../model/reading.ts';
import { namesMailbox, namesNobody, namesOffice } from '../people/names.ts';
import type { Signer } from '../people/signer.ts';
import { saysNotDone, saysRefused } from '../text/denials.ts';
import { reservationIn, saysInPart } from '../text/reservations.ts';
import { dayWords, monthWords } from '../text/words.ts';

/**
 * Keys of the journal whose entries are valid only if their signer may sign them, and what an entry is called in
 * messages.
 */
const SIGNED = {
  connectorInventory: 'The list of wanted connectors',
  lockdown: 'The lockdown',
  defaultConnectorsRemoved: 'The removal of default connectors',
  announcements: 'The announcement',
  explainedToLeadership: 'The explanation to leadership',
  sharePointAudit: 'The SharePoint audit',
  dlpTest: 'The upload test',
  siemTest: 'The SIEM test',
  tenantRestrictionProbe: 'The test of the tenant restriction',
  networkBlockProbe: 'The test of the network block',
  discoveryReview: 'The review of AI tools',
  reviews: 'The review',
  explainedUsage: 'The explanation of usage',
  approvedExports: 'The approval of an export',
  approvedChanges: 'The approval of a change',
} as const;
const KEYS = Object.keys(SIGNED) as (keyof typeof SIGNED)[];

/** A key of the journal, or `approvedBy` of the charter. */
export type SignedKey = keyof typeof SIGNED | 'approvedBy';

/**
 * Approvals and reviews have to be signed by people whom the client names. All other entries record work, which a
 * technician of an agency may do who is on none of the client's lists.
 */
const BY_NAMED_PEOPLE: ReadonlySet<SignedKey> = new Set<SignedKey>([
  'reviews',
  'explainedUsage',
  'approvedExports',
  'approvedChanges',
]);

/** A rejected signature, with the reason as a sentence. */
export interface Uncounted {
  readonly key: SignedKey;
  readonly why: string;
  /** A current roster would decide whether the signature is valid; a rule that depends on it cannot tell. */
  readonly disputed: boolean;
  /** Signed by an office, a post or a shared mailbox: somebody did it, but it is not known who. */
  readonly unnamed?: boolean;
}

/**
 * What the lists of people say about a signer as of a day. `typed`: the signature was typed into a file, not made by
 * someone signed in.
 */
export interface Judge {
  readonly typed: boolean;
  /** The first day on which there was a Claude that an entry can be about; undefined: any day may be right. */
  readonly claudeSince?: string | undefined;
  signer(signature: string, day: string): Signer;
  /**
   * Whether the charter names the signature in a role, because the account owner's account may be that of an office.
   */
  hasRole(signature: string): boolean;
}

/**
 * The journal without entries whose signer had left by their day or is not a person, whose own note or reason says that
 * it was not done or was refused, or that are older than Claude. If it was typed into a file, reviews and approvals by
 * people whom neither a list nor the charter names are removed as well. Entries that speak against the client are valid
 * whoever wrote them.
 */
export function countedJournal(
  written: DocumentOf<Journal>,
  judge: Judge,
): { readonly written: DocumentOf<Journal>; readonly uncounted: readonly Uncounted[] } {
  const uncounted: Uncounted[] = [];
  const counts = (key: keyof typeof SIGNED, entry: unknown): boolean => {
    const { on, by, approvedBy } = entry as Entry;
    if (speaksAgainst(key, written.value)) return true;
    const doubt =
      contradiction(key, entry as Entry, judge) ??
      doubtAbout(approvedBy ?? by ?? '', on, BY_NAMED_PEOPLE.has(key) ? 'decision' : 'act', judge);
    if (doubt !== null)
      uncounted.push({
        key,
        why: `${SIGNED[key]} of ${dayWords(on)} does not count: ${doubt.why}`,
        disputed: doubt.open,
      });
    return doubt === null;
  };
  const value: Record<string, unknown> = { ...written.value };
  let { lines, elsewhere } = written;
  for (const key of KEYS) {
    const entry: unknown = value[key];
    if (Array.isArray(entry)) {
      const kept = entry.flatMap((one: unknown, place) => (counts(key, one) ? [place] : []));
      if (kept.length === entry.length) continue;
      value[key] = kept.map((place): unknown => entry[place]);
      lines = moved(lines, key, kept);
      elsewhere = elsewhere && moved(elsewhere, key, kept);
    } else if (entry !== undefined && !counts(key, entry)) delete value[key];
  }
  if (uncounted.length === 0) return { written, uncounted };
  return {
    written: {
      ...written,
      value: value as Journal,
      lines,
      ...(elsewhere === undefined ? {} : { elsewhere }),
    },
    uncounted,
  };
}

/** The charter without approvals by people who had left before it took effect. */
export function countedCharter(
  written: DocumentOf<Charter>,
  judge: Judge,
): { readonly written: DocumentOf<Charter>; readonly uncounted: readonly Uncounted[] } {
  const { approvedBy, inForceSince } = written.value;
  if (approvedBy === undefined || inForceSince === undefined) return { written, uncounted: [] };
  const doubts = approvedBy.map((one) => doubtAbout(one, inForceSince, 'statement', judge));
  const uncounted = doubts.flatMap((doubt, place): Uncounted[] =>
    doubt === null
      ? []
      : [
          {
            key: 'approvedBy',
            why: `An approval of the charter in force since ${dayWords(inForceSince)} does not count: ${doubt.why}`,
            unnamed: namesOffice(approvedBy[place] ?? '') || namesMailbox(approvedBy[place] ?? ''),
            disputed: doubt.open,
          },
        ],
  );
  if (uncounted.length === 0) return { written, uncounted };
  const value = { ...written.value, approvedBy: approvedBy.filter((_, place) => doubts[place] === null) };
  return { written: { ...written, value }, uncounted };
}

/**
 * What was signed. `act`: an act, for which the account that did it is sufficient. `statement`: a statement or
 * approval, which needs a person. `decision`: a review or decision in a journal, whose signer somebody has to know.
 */
export type Signed = 'act' | 'statement' | 'decision';

/** Why a signature is rejected, as a sentence, and whether a current roster could change that. */
interface Doubt {
  readonly why: string;
  readonly open: boolean;
}

/** Why a signature of a day belongs to nobody, as a sentence; null: it is valid. */
export function doubtOf(by: string, day: string, what: Signed, judge: Judge): string | null {
  return doubtAbout(by, day, what, judge)?.why ?? null;
}

interface Entry {
  readonly on: string;
  readonly by?: string;
  readonly approvedBy?: string;
  readonly note?: string;
  readonly reason?: string;
}

/** Work that may precede Claude and still bear on it. */
const ANY_TIME: ReadonlySet<keyof typeof SIGNED> = new Set(['sharePointAudit', 'discoveryReview']);

/** Settings that have to be as they were left, so that nothing about them may be open or undone. */
const LASTING: ReadonlySet<keyof typeof SIGNED> = new Set(['lockdown', 'defaultConnectorsRemoved']);

/** Work that has to be whole, while an approval or an explanation may be for a while or for some. */
const WHOLE: ReadonlySet<keyof typeof SIGNED> = new Set([
  'connectorInventory',
  'lockdown',
  'defaultConnectorsRemoved',
  'explainedToLeadership',
  'sharePointAudit',
]);

/** Why an entry says itself that it records nothing; null: it does not. */
function contradiction(key: keyof typeof SIGNED, { on, note, reason }: Entry, judge: Judge): Doubt | null {
  const no = (why: string): Doubt => ({ why, open: false });
  const conflicts =
    note !== undefined &&
    (saysNotDone(note) ||
      saysRefused(note) ||
      (WHOLE.has(key) && saysInPart(note)) ||
      // A negation says nothing here, as in “The list was empty, nothing to remove”.
      (LASTING.has(key) && ![null, 'qualified'].includes(reservationIn(note, ''))));
  if (conflicts) return no(`its note says “${note}”.`);
  if (reason !== undefined && saysRefused(reason)) return no(`its reason says “${reason}”.`);
  const since = judge.claudeSince;
  return since !== undefined && on < since && !ANY_TIME.has(key)
    ? no(`Claude has existed only since ${monthWords(since.slice(0, 7))}.`)
    : null;
}

function doubtAbout(by: string, day: string, what: Signed, judge: Judge): Doubt | null {
  const no = (why: string): Doubt => ({ why, open: false });
  if (namesNobody(by)) return no(`“${by}” names no one.`);
  if (what !== 'act' && namesOffice(by))
    return no(`${by} is an office or a role, not a person’s name, so no one is known to have signed.`);
  const signer = judge.signer(by, day);
  if (what !== 'act' && signer.is !== 'works_here' && namesMailbox(by) && !judge.hasRole(by))
    return no(`${by} is a mailbox of several people, so no one is known to have signed.`);
  if (signer.is === 'left' && signer.lastDay !== null)
    return no(`${by} had left according to the roster on ${dayWords(signer.lastDay)}.`);
  if (signer.is === 'left' && signer.shownOn !== undefined && signer.shownOn <= day)
    return no(`${by} had left according to the roster of ${dayWords(signer.shownOn)}.`);
  const decided = what === 'decision' && judge.typed;
  if (signer.is === 'disputed' || (signer.is === 'no_list' && signer.unread && decided))
    return { why: `Whether ${by} worked here on that day is not known. ${signer.why}`, open: true };
  if (signer.is === 'not_yet')
    return no(`${by} began according to the roster on ${dayWords(signer.firstDay)}, after that day.`);
  return signer.is === 'unknown' && decided
    ? no(`${by} is neither on the roster nor a member, and the charter gives no one of this name a role.`)
    : null;
}

function speaksAgainst(key: keyof typeof SIGNED, journal: Journal): boolean {
  const { tenantRestrictionProbe: restriction, networkBlockProbe: block } = journal;
  if (key === 'dlpTest') return journal.dlpTest?.blocked === false;
  if (key === 'siemTest') return journal.siemTest?.arrived === false;
  if (key === 'tenantRestrictionProbe')
    return restriction?.foreignOrganization !== 'refused' || restriction.ownOrganization !== 'allowed';
  if (key === 'networkBlockProbe')
    return block?.guestNetwork !== 'blocked' || block.managedDevice !== 'allowed';
  return false;
}

/** Rewrites notes about a list's entries to the indexes that the entries have once others were removed. */
function moved<T>(
  said: Readonly<Record<string, T>>,
  key: string,
  kept: readonly number[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([path, what]) => {
      const [first, place, ...rest] = path.split('.');
      if (first !== key || place === undefined) return [[path, what]];
      const now = kept.indexOf(Number(place));
      return now < 0 ? [] : [[[key, now, ...rest].join('.'), what]];
    }),
  );
}
