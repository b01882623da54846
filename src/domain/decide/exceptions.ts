import type { Control } from '../model/catalogue.ts';
import type { Exception } from '../model/charter.ts';
import type { Item, Verdict } from '../model/verdict.ts';
import { isEmptyReason, mayBeOneSigner, namesMailbox, namesNobody, namesOffice } from '../people/names.ts';
import type { Signer } from '../people/signer.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import { wider } from '../rules/connectors/width.ts';
import { dayWords, names, verb } from '../text/words.ts';
import type { DecisionInput } from './input.ts';

/** What exceptions are judged by: charter, day, and what the lists of people say about signers. */
export interface ExceptionFacts {
  readonly input: Pick<DecisionInput, 'charter' | 'today' | 'typed'> &
    Partial<Pick<DecisionInput, 'catalogue'>>;
  signer(signature: string, day: string): Signer;
}

/**
 * Marks a failing or pending control as accepted if the charter has an exception in force. An exception never covers
 * "cannot read", ends by itself, and needs a second person for a critical control. If it names items, the other items
 * still count.
 */
export function applyException(control: Control, facts: ExceptionFacts, verdict: Verdict): Verdict {
  if (verdict.state !== 'fail' && verdict.state !== 'pending') return verdict;
  const { all, signed, uncounted } = exceptionsFor(control, facts);
  const notes = [
    ...expiredNote(all, facts.input.today),
    ...uncounted.slice(0, 1).map(({ why }) => why),
    ...unmatchedNote(signed, verdict.items),
  ];
  const whole = signed.find((e) => e.items === undefined);
  const left = verdict.items.filter((item) => !signed.some((e) => coversItem(e, item)));
  const used = whole ?? signed.find((e) => verdict.items.some((item) => coversItem(e, item)));
  if (!used) return { ...verdict, reason: [verdict.reason, ...notes].join(' ') };
  const unchecked = uncheckedNote(used, control.severity, facts);
  const exception = {
    reason: used.reason,
    owner: used.owner,
    until: used.until,
    covers: verdict.items.length - left.length,
  };
  if (whole || (verdict.items.length > 0 && left.length === 0)) {
    const until = whole
      ? whole.until
      : signed.filter((e) => e.items).reduce((day, e) => (e.until < day ? e.until : day), used.until);
    return {
      ...verdict,
      state: 'accepted',
      reason: `Accepted until ${dayWords(until)} by ${used.owner}: ${used.reason}. What it covers: ${verdict.reason}${unchecked}`,
      exception: { ...exception, until, covers: verdict.items.length },
    };
  }
  const rest = `${names(left.map((item) => item.label))} ${left.length === 1 ? 'is' : 'are'} not covered by the exception owned by ${used.owner} (until ${dayWords(used.until)}).`;
  return { ...verdict, reason: `${[verdict.reason, rest, ...notes].join(' ')}${unchecked}`, exception };
}

/** A clause that no roster shows whether the people of an exception work here; "" if one does or they signed in. */
function uncheckedNote(
  { owner, approvedBy }: Exception,
  severity: Control['severity'],
  facts: ExceptionFacts,
): string {
  const { today, typed } = facts.input;
  if (typed !== true) return '';
  const people = [owner, ...(severity === 'critical' && approvedBy !== undefined ? [approvedBy] : [])];
  const looked = people.map((one) => ({ one, found: facts.signer(one, today) }));
  const open = looked.flatMap(({ one, found }) => (found.is === 'no_list' ? [{ one, why: found.why }] : []));
  const [first] = open;
  return first === undefined
    ? ''
    : ` Whether ${names(open.map(({ one }) => one))} still ${verb(open.length, 'works', 'work')} here is not known. ${first.why}`;
}

/** Whether an exception names an item that is now no wider than what was accepted. */
export function coversItem({ items, atMost }: Exception, item: Pick<Item, 'key' | 'state'>): boolean {
  const named = items?.some((key) => key.trim().toLowerCase() === item.key) ?? false;
  const limit = atMost?.[item.key];
  return named && (limit === undefined || item.state === undefined || !wider(item.state, limit));
}

/**
 * The names in an exception in the form that verdicts use: a connector and an action under any of their names, as in
 * "Microsoft 365 (Outlook)/Send email", become the catalogue's ids. Anything that is not exactly one known action
 * stays as written.
 */
function itemKey(item: string, catalogue: DecisionInput['catalogue'] | undefined): string {
  const at = item.lastIndexOf('/');
  if (catalogue === undefined || at <= 0 || item.includes('@') || item.includes('://')) return item;
  const { entries } = matchConnector(item.slice(0, at), catalogue);
  const match = matchAction(item.slice(at + 1), entries, 'observed');
  const [one, ...more] = match.kind === 'actions' ? match.actions : [];
  return one === undefined || more.length > 0 ? item : `${one.connector.id}/${one.action.id}`.toLowerCase();
}

/**
 * The charter's exceptions for a control: all of them, those in force and valid, and the invalid ones with the reason.
 */
export function exceptionsFor(control: Control, facts: ExceptionFacts) {
  const { charter, today, catalogue } = facts.input;
  const all = (charter?.value.exceptions ?? [])
    .filter((e) => e.control === control.id)
    .map((e) =>
      e.items === undefined ? e : { ...e, items: e.items.map((item) => itemKey(item, catalogue)) },
    );
  const judged = all
    .filter((e) => (e.from ?? '') <= today && e.until >= today)
    .map((exception) => ({ exception, why: whyUncounted(exception, control.severity, facts) }));
  return {
    all,
    signed: judged.flatMap(({ exception, why }) => (why === null ? [exception] : [])),
    uncounted: judged.flatMap(({ exception, why }) => (why === null ? [] : [{ exception, why }])),
  };
}

/**
 * Why an exception in force is not valid, as a sentence; null: it is. Its owner has to work here, and for a critical
 * control so does a second person who approved it. Names typed into a file are checked against the lists of people; in
 * the console they belong to an account.
 */
export function whyUncounted(
  exception: Pick<Exception, 'owner' | 'approvedBy' | 'reason'>,
  severity: Control['severity'],
  facts: ExceptionFacts,
): string | null {
  const { today, typed } = facts.input;
  const { owner, approvedBy, reason } = exception;
  const no = `The exception owned by ${owner} does not count:`;
  if (namesNobody(owner)) return `${no} that names no one. Name an owner who works here.`;
  if (namesOffice(owner)) return `${no} that is an office or a role. Name an owner who works here.`;
  if (isEmptyReason(reason)) return `${no} it gives no reason.`;
  const owned = facts.signer(owner, today);
  if (owned.is !== 'works_here' && namesMailbox(owner))
    return `${no} that is a mailbox of several people. Name an owner who works here.`;
  if (owned.is === 'left')
    return `${no} ${owner} has left according to the roster${lastDay(owned.lastDay)}. Name an owner who works here.`;
  if (owned.is === 'disputed') return `${no} whether ${owner} works here is not known. ${owned.why}`;
  if (owned.is === 'not_yet')
    return `${no} ${owner} does not start until ${dayWords(owned.firstDay)}, according to the roster. Name an owner who works here.`;
  if (typed === true && owned.is === 'unknown')
    return `${no} ${owner} is neither on the roster nor a member, and the charter gives no one of this name a role. Name an owner who works here.`;
  if (severity !== 'critical') return null;
  if (approvedBy === undefined || !isSecondPerson(exception))
    return `${no} a critical control needs a second person under “approvedBy”.`;
  if (namesOffice(approvedBy))
    return `${no} ${approvedBy}, which approved it, is an office or a role, not a person.`;
  const approver = facts.signer(approvedBy, today);
  if (approver.is !== 'works_here' && namesMailbox(approvedBy))
    return `${no} ${approvedBy}, which approved it, is a mailbox of several people.`;
  if (approver.is === 'left')
    return `${no} ${approvedBy}, who approved it, has left according to the roster${lastDay(approver.lastDay)}. Someone who works here has to approve it again.`;
  if (approver.is === 'disputed')
    return `${no} whether ${approvedBy}, who approved it, works here is not known. ${approver.why}`;
  if (approver.is === 'not_yet')
    return `${no} ${approvedBy}, who approved it, does not start until ${dayWords(approver.firstDay)}, according to the roster.`;
  return typed === true && approver.is === 'unknown'
    ? `${no} ${approvedBy}, who approved it, is neither on the roster nor a member, and the charter gives no one of this name a role.`
    : null;
}

function lastDay(day: string | null): string {
  return day === null ? '' : ` (last day ${dayWords(day)})`;
}

/** Whether someone other than the owner approved it, however the two names are written. */
export function isSecondPerson({ owner, approvedBy }: Pick<Exception, 'owner' | 'approvedBy'>): boolean {
  return approvedBy !== undefined && !namesNobody(approvedBy) && !mayBeOneSigner(approvedBy, owner);
}

/** Names in exceptions that match no item: misspelled, or no longer there. */
function unmatchedNote(signed: readonly Exception[], items: readonly Item[]): string[] {
  const keys = new Set(items.map(({ key }) => key));
  return signed.flatMap(({ owner, items: named = [] }) => {
    const unmatched = named.filter((key) => !keys.has(key.trim().toLowerCase()));
    return unmatched.length === 0
      ? []
      : [
          `The exception owned by ${owner} names ${names(unmatched, 3)}, which ${verb(unmatched.length, 'is', 'are')} not among the findings, so that part covers nothing.`,
        ];
  });
}

function expiredNote(all: readonly Exception[], today: string): string[] {
  const ended = all.filter((e) => e.until < today).sort((a, b) => (a.until < b.until ? 1 : -1))[0];
  return ended ? [`The exception owned by ${ended.owner} ended on ${dayWords(ended.until)}.`] : [];
}
