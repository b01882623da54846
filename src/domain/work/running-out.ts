import { validDays } from '../decide/fresh-days.ts';
import type { Control } from '../model/catalogue.ts';
import { addDays } from '../model/day.ts';
import { KINDS } from '../model/kinds.ts';
import { byCodeUnit } from '../text/order.ts';
import { count, dayWords, names, shortId } from '../text/words.ts';
import { isSettled, type Statement, type WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';
import { usageWindow } from './usage-window.ts';

/** What expires on a day: statements, exceptions, approvals of connectors and readings. */
export function runningOut(facts: WorkFacts, today: string): Draft[] {
  const { verdicts, statements, catalogue } = facts;
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const stateOf = new Map(verdicts.map(({ control, state }) => [control, state]));
  const stated = new Set<string>();
  const attestations = statements.flatMap((statement): Draft[] => {
    const ends = endOf(statement, controls.get(statement.control));
    // Once expired, it appears as a finding, because the control cannot be read anymore.
    if (ends === null || ends < today || isSettled(stateOf.get(statement.control))) return [];
    stated.add(statement.control);
    return [
      {
        key: `attestation_ends:${statement.control}`,
        kind: 'attestation_ends',
        title: `The attestation for ${shortId(statement.control)} expires`,
        why: `${statement.by} looked on ${dayWords(statement.seen)}. Look again before it ends.`,
        due: ends,
        owner: { user: null, name: statement.by, mail: null },
        role: controls.get(statement.control)?.concerns ?? null,
        control: statement.control,
        subject: statement.id,
      },
    ];
  });
  const exceptions = verdicts.flatMap(({ control, exception }): Draft[] =>
    exception === null
      ? []
      : [
          {
            key: `exception_ends:${control}:${exception.until}`,
            kind: 'exception_ends',
            title: `The exception for ${shortId(control)} ends`,
            why: `${exception.owner} owns it: ${exception.reason}`,
            due: exception.until,
            owner: { user: null, name: exception.owner, mail: null },
            control,
          },
        ],
  );
  return [
    ...attestations,
    ...exceptions,
    ...approvals(facts, today),
    ...changes(facts, today),
    ...readings(facts, stated),
    ...usageWindow(facts, today),
  ];
}

/** Changes in effect until a day, and those that were not reverted on theirs. */
function changes({ changes: all }: WorkFacts, today: string): Draft[] {
  return all.flatMap(({ id, target, title, until, plannedByName, reason }): Draft[] =>
    until === null
      ? []
      : [
          {
            key: `change_ends:${id}`,
            kind: 'change_ends',
            title: until < today ? `This did not end: ${title}` : `This ends: ${title}`,
            why:
              until < today
                ? `Its last day was ${dayWords(until)}, and no reading shows that it was undone.`
                : `${plannedByName} entered it: ${reason}. Bylaw reverses it after that day.`,
            due: until,
            role: 'msp_technician',
            subject: target,
          },
        ],
  );
}

/** Approvals of connectors that are about to end. Ended ones are reported with the charter and its drift. */
function approvals({ requests }: WorkFacts, today: string): Draft[] {
  return requests.flatMap((one): Draft[] => {
    const { until } = one;
    const later = requests.some(
      (other) => other.until !== null && other.connector === one.connector && other.until > (until ?? ''),
    );
    if (until === null || until < today || later) return [];
    return [
      {
        key: `request_ends:${one.id}`,
        kind: 'request_ends',
        title: `The approval of ${one.name} ends`,
        why: `${one.askedByName} asked for it: ${one.purpose}`,
        due: until,
        role: 'it_admin',
        control: 'CLA-CON-25',
        subject: one.id,
      },
    ];
  });
}

/** Readings that expire, grouped by what was read: several controls of one file are one work item. */
function readings({ verdicts }: WorkFacts, stated: ReadonlySet<string>): Draft[] {
  const groups = new Map<string, { readonly kinds: readonly string[]; due: string; controls: string[] }>();
  for (const verdict of verdicts.toSorted((a, b) => byCodeUnit(a.control, b.control))) {
    if (verdict.goodUntil === null || verdict.readings.length === 0 || stated.has(verdict.control)) continue;
    const kinds = verdict.readings.toSorted(byCodeUnit);
    const key = kinds.join('+');
    const group = groups.get(key) ?? { kinds, due: verdict.goodUntil, controls: [] };
    if (verdict.goodUntil < group.due) group.due = verdict.goodUntil;
    group.controls.push(verdict.control);
    groups.set(key, group);
  }
  return [...groups].map(([key, { kinds, due, controls }]) => ({
    key: `reading_ends:${key}`,
    kind: 'reading_ends',
    title: `Import the newest ${names(kinds.map(labelOf), 3)}`,
    why: `${count(controls.length, 'control is', 'controls are')} based on ${kinds.length === 1 ? 'it' : 'them'}: ${names(controls.map(shortId), 4)}. Valid until ${dayWords(due)}.`,
    due,
    role: 'it_admin',
  }));
}

/** Last day on which a statement counts according to its rule. */
function endOf({ seen, expires }: Statement, control: Control | undefined): string | null {
  const check = control?.checks.find(({ rule }) => rule === 'attested');
  if (check === undefined) return expires;
  const ends = addDays(seen, validDays(check));
  return expires !== null && expires < ends ? expires : ends;
}

function labelOf(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS].label : kind;
}
