import type { Control } from '../model/catalogue.ts';
import type { Exception } from '../model/charter.ts';
import type { Item, Verdict } from '../model/verdict.ts';
import { mayBeOnePerson, namesNobody } from '../people/names.ts';
import { wider } from '../rules/connectors/width.ts';
import { dayWords, names } from '../text/words.ts';
import type { DecisionInput } from './input.ts';

/**
 * Lets a failing or pending control stand where the charter holds an exception in force. An exception never hides
 * what cannot be read, ends by itself, and for a critical control needs a second person. Where it names items, the
 * others still count.
 */
export function applyException(control: Control, input: DecisionInput, verdict: Verdict): Verdict {
  if (verdict.state !== 'fail' && verdict.state !== 'pending') return verdict;
  const { all, inForce, signed } = exceptionsFor(control, input);
  const notes = [...expiredNote(all, input.today), ...unsignedNote(inForce, signed)];
  const whole = signed.find((e) => e.items === undefined);
  const left = verdict.items.filter((item) => !signed.some((e) => coversItem(e, item)));
  const used = whole ?? signed.find((e) => verdict.items.some((item) => coversItem(e, item)));
  if (!used) return { ...verdict, reason: [verdict.reason, ...notes].join(' ') };
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
      reason: `Accepted until ${dayWords(until)} by ${used.owner}: ${used.reason}. What it covers: ${verdict.reason}`,
      exception: { ...exception, until, covers: verdict.items.length },
    };
  }
  const rest = `${names(left.map((item) => item.label))} ${left.length === 1 ? 'is' : 'are'} not covered by the exception of ${used.owner} (until ${dayWords(used.until)}).`;
  return { ...verdict, reason: [verdict.reason, rest, ...notes].join(' '), exception };
}

/** Whether an exception names an item, and what it is now is no wider than what was accepted. */
export function coversItem({ items, atMost }: Exception, item: Pick<Item, 'key' | 'state'>): boolean {
  const named = items?.some((key) => key.trim().toLowerCase() === item.key) ?? false;
  const limit = atMost?.[item.key];
  return named && (limit === undefined || item.state === undefined || !wider(item.state, limit));
}

/** The charter's exceptions for a control: all, those in force, and of these those that count. */
export function exceptionsFor(control: Control, input: Pick<DecisionInput, 'charter' | 'today'>) {
  const stated: readonly Exception[] = input.charter?.value.exceptions ?? [];
  const all = stated.filter((e) => e.control === control.id);
  const inForce = all.filter((e) => (e.from ?? '') <= input.today && e.until >= input.today);
  const signed = inForce.filter((e) => control.severity !== 'critical' || isSecondPerson(e));
  return { all, inForce, signed };
}

/** Whether somebody else than the owner approved it, however the two are written. */
export function isSecondPerson({ owner, approvedBy }: Pick<Exception, 'owner' | 'approvedBy'>): boolean {
  return approvedBy !== undefined && !namesNobody(approvedBy) && !mayBeOnePerson(approvedBy, owner);
}

function expiredNote(all: readonly Exception[], today: string): string[] {
  const ended = all.filter((e) => e.until < today).sort((a, b) => (a.until < b.until ? 1 : -1))[0];
  return ended ? [`The exception of ${ended.owner} ended on ${dayWords(ended.until)}.`] : [];
}

function unsignedNote(inForce: readonly Exception[], signed: readonly Exception[]): string[] {
  const unsigned = inForce.find((e) => !signed.includes(e));
  return unsigned
    ? [
        `The exception of ${unsigned.owner} does not count: a critical control needs a second person under "approvedBy".`,
      ]
    : [];
}
