import { ALERT_LEVELS } from '../detections/alert-words.ts';
import { daysBetween } from '../model/day.ts';
import { REVIEW_FACTS, type ReviewFact, type ReviewItem, type ReviewNeed } from '../model/review.ts';
import { count, dayWords } from '../text/words.ts';
import { LIST_READERS, LIST_TITLES } from './lists.ts';
import type { FactRead, ItemRead, ItemState, ReviewEntry, ReviewFacts, SignalRead } from './types.ts';

/** What is read for an item, and whether its rule is met. Pure: equal facts give equal results. */
export function readItem(item: ReviewItem, facts: ReviewFacts): ItemRead {
  const signals = [
    ...item.escalates.map((signal) => readSignal(signal, true, facts)),
    ...item.also.map((signal) => readSignal(signal, false, facts)),
  ];
  return {
    item: item.id,
    state: stateOf(signals.filter(({ escalates }) => escalates)),
    signals,
    missing: item.needs.filter((need) => {
      const day = readOn(need, facts);
      return day === null || day < facts.from;
    }),
  };
}

/** A rule is clear only if every applicable part of it was read. */
function stateOf(signals: readonly SignalRead[]): ItemState {
  const states = signals.map(({ state }) => state);
  if (states.includes('fail')) return 'met';
  const asked = states.filter((state) => state !== 'not_applicable');
  if (asked.length === 0) return 'none';
  return asked.every((state) => state === 'pass' || state === 'accepted') ? 'clear' : 'unread';
}

function readOn(need: ReviewNeed, { people, accounts }: ReviewFacts): string | null {
  return need === 'members' ? people.membersOn : accounts.reportOn;
}

function readSignal(signal: string, escalates: boolean, facts: ReviewFacts): SignalRead {
  const fact = REVIEW_FACTS.find((one) => one === signal);
  return fact === undefined
    ? ofControl(signal, escalates, facts)
    : { signal, escalates, title: FACT_TITLES[fact], ...FACT_READERS[fact](facts) };
}

function ofControl(signal: string, escalates: boolean, { verdicts, titles }: ReviewFacts): SignalRead {
  const verdict = verdicts.get(signal);
  const title = titles.get(signal);
  if (verdict === undefined || title === undefined)
    return {
      signal,
      escalates,
      title: title ?? signal,
      state: 'cannot_read',
      reason:
        title === undefined
          ? 'The catalogue no longer has this control.'
          : 'This control was not evaluated for this client.',
      entries: [],
      readOn: null,
    };
  const days = verdict.evidence
    .filter(({ kind }) => !NO_READINGS.has(kind))
    .map(({ observedOn }) => observedOn);
  return {
    signal,
    escalates,
    title,
    state: verdict.state,
    reason: verdict.reason,
    entries:
      verdict.items.length > 0
        ? verdict.items.map(({ key, label, detail }) => ({ key, label, detail }))
        : verdict.state === 'fail'
          ? [{ key: verdict.code, label: title, detail: verdict.reason }]
          : [],
    readOn: days.sort()[0] ?? null,
  };
}

/** Evidence that is not a reading of a system and does not become outdated. */
const NO_READINGS: ReadonlySet<string> = new Set(['charter', 'journal', 'plan', 'catalogue', 'profile']);

const FACT_TITLES: Readonly<Record<ReviewFact, string>> = {
  leavers: 'People who left and hold a seat',
  new_accounts: 'Personal accounts that are new',
  work_accounts: 'Personal accounts used for work',
  write_calls: 'Write actions that were called',
  open_alerts: 'Open alerts',
  ...LIST_TITLES,
};

const FACT_READERS: Readonly<Record<ReviewFact, (facts: ReviewFacts) => FactRead>> = {
  ...LIST_READERS,
  leavers: ({ people, today }) => {
    const { membersOn, blocked, leavers } = people;
    const entries = leavers.map(({ key, name, lastDay, from }) => ({
      key,
      label: name,
      detail:
        from === 'entra_users' && lastDay !== null
          ? `The Entra account is disabled since ${dayWords(lastDay)} at the latest; the seat was kept ${count(daysBetween(lastDay, today), 'day')}.`
          : lastDay === null
            ? 'Has left according to the roster, which gives no date.'
            : `Left on ${dayWords(lastDay)}; the seat was kept ${count(daysBetween(lastDay, today), 'day')}.`,
    }));
    if (entries.length > 0)
      return found(entries, membersOn, `${count(entries.length, 'person', 'people')} who left`, 'a seat');
    if (membersOn === null || blocked !== null)
      return unread(blocked ?? 'No current members file was imported.', membersOn);
    return clear(
      `No one who left according to the roster holds a seat in the members file of ${dayWords(membersOn)}.`,
      membersOn,
    );
  },
  new_accounts: ({ accounts, from }) => {
    const { reportOn, gap, open } = accounts;
    const entries = open
      .filter(({ listedFrom }) => listedFrom !== null && listedFrom >= from)
      .map(({ key, name, listedFrom }) => ({
        key,
        label: name ?? key,
        detail: `${key}, first listed on ${dayWords(listedFrom ?? from)}.`,
      }));
    if (entries.length > 0)
      return {
        state: 'fail',
        reason: `${count(entries.length, 'account is', 'accounts are')} new since ${dayWords(from)}.`,
        entries,
        readOn: reportOn,
      };
    const missing = reportMissing(reportOn, gap, from);
    if (missing !== null) return unread(missing, reportOn);
    return clear(`The report of ${dayWords(reportOn ?? from)} lists no account that is new.`, reportOn);
  },
  work_accounts: ({ accounts, from }) => {
    const { reportOn, gap, open } = accounts;
    const entries = open
      .filter(({ usedForWork }) => usedForWork === true)
      .map(({ key, name }) => ({ key, label: name ?? key, detail: `${key} is used for work.` }));
    if (entries.length > 0)
      return {
        state: 'fail',
        reason: `${count(entries.length, 'personal account is', 'personal accounts are')} used for work.`,
        entries,
        readOn: reportOn,
      };
    const missing = reportMissing(reportOn, gap, from);
    if (missing !== null) return unread(missing, reportOn);
    const unknown = open.filter(({ usedForWork }) => usedForWork === null).length;
    if (unknown > 0)
      return unread(
        `Whether ${count(unknown, 'open account is', 'open accounts are')} used for work is not recorded.`,
        reportOn,
      );
    return clear('No open account is recorded as used for work.', reportOn);
  },
  write_calls: ({ log, from, today }) => {
    const { calls, unknown, writes } = log;
    const total = writes.reduce((sum, one) => sum + one.calls, 0);
    if (writes.length > 0)
      return {
        state: 'fail',
        reason: `${count(total, 'write call')} since ${dayWords(from)}, in ${count(writes.length, 'line')}.`,
        entries: writes.map((one) => ({
          key: `${one.connector ?? ''} ${one.tool ?? ''} ${one.person ?? ''}`.toLowerCase(),
          label: `${one.name ?? 'Connector not reported'}: ${one.tool ?? 'action not reported'}`,
          detail: `${one.person ?? 'Person not reported'}, ${count(one.calls, 'call')}, last on ${dayWords(one.lastOn)}.`,
        })),
        readOn: today,
      };
    if (calls === 0)
      return unread(
        `No source has reported a connector call since ${dayWords(from)}. That does not show there was none.`,
        null,
      );
    if (unknown > 0)
      return unread(
        `Of ${count(calls, 'reported call')} ${count(unknown, 'does', 'do')} not say whether something was written.`,
        today,
      );
    return clear(`None of ${count(calls, 'reported call')} since ${dayWords(from)} wrote anything.`, today);
  },
  open_alerts: ({ alerts, log, from, today }) => {
    if (alerts.length > 0)
      return {
        state: 'fail',
        reason: `${count(alerts.length, 'alert is', 'alerts are')} open.`,
        entries: alerts
          .toSorted((a, b) => ALERT_LEVELS.indexOf(a.level) - ALERT_LEVELS.indexOf(b.level))
          .map(({ key, title, level, alerts: times }) => ({
            key,
            label: title,
            detail: `${level === 'critical' ? 'Critical' : level === 'high' ? 'High' : level === 'medium' ? 'Medium' : 'Low'}, raised ${times === 1 ? 'once' : `${times} times`}.`,
          })),
        readOn: today,
      };
    return log.events
      ? clear('No alert is open.', today)
      : unread(
          `No source has reported an event since ${dayWords(from)}, so none could raise an alert.`,
          null,
        );
  },
};

function reportMissing(reportOn: string | null, gap: string | null, from: string): string | null {
  if (reportOn === null) return 'No Domain memberships report was imported.';
  if (reportOn < from)
    return `The newest Domain memberships report is from ${dayWords(reportOn)}, before this review began on ${dayWords(from)}.`;
  return gap;
}

function found(entries: readonly ReviewEntry[], day: string | null, who: string, what: string): FactRead {
  return {
    state: 'fail',
    reason: `${who} still ${entries.length === 1 ? 'holds' : 'hold'} ${what}.`,
    entries,
    readOn: day,
  };
}

function unread(reason: string, readOn: string | null): FactRead {
  return { state: 'cannot_read', reason, entries: [], readOn };
}

function clear(reason: string, readOn: string | null): FactRead {
  return { state: 'pass', reason, entries: [], readOn };
}
// Guide: G5.5-01 G5.5-02 G5.5-03 G5.5-04 G5.5-05 G7.1-01 G7.1-02 G7.1-03 G7.1-04 G7.1-07 G7.1-08
