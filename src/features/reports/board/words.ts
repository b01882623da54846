import { ownValue } from '#domain/model/own-value.ts';
import type { State } from '#domain/model/verdict.ts';
import { count, dayWords, names, verb } from '#domain/text/words.ts';
import { concernWords } from '../../shared/words.ts';
import type { Report } from '../model.ts';
import { numberWords } from './findings.ts';
import type { Board } from './model.ts';

/** Sentences of the board's report, the same in print and on screen. */

/** What each state means, for first-time readers of the report. */
export const STATE_MEANING: Readonly<Record<State, string>> = {
  fail: 'A file or record shows that this is not in place.',
  cannot_read: 'Nothing shows whether this is in place, so this report makes no claim about it.',
  pending: 'It is under way and has a due date.',
  accepted: 'It fails, and a named person has accepted that until a certain date.',
  policy_only: 'No technology enforces it. It depends on the policy and on what people do.',
  not_licensed: 'The plan or licenses do not include what would enforce it.',
  not_applicable: 'It does not apply to this organization.',
  pass: 'A file or record shows that this is in place.',
};

/** The overall situation in two to four sentences. */
export function leadOf({ counts, total, controls }: Report): string {
  const critical = controls.filter(
    ({ state, severity }) => state === 'fail' && severity === 'critical',
  ).length;
  const parts = [
    `Of ${count(total, 'control')}, ${counts.pass || 'none'} ${verb(counts.pass, 'passes', 'pass')} and ${counts.fail || 'none'} ${verb(counts.fail, 'fails', 'fail')}.`,
  ];
  if (critical > 0)
    parts.push(`${numberWords(critical)} of the failures ${verb(critical, 'is', 'are')} critical.`);
  else if (counts.fail > 0) parts.push('None of the failures is critical.');
  if (counts.cannot_read > 0)
    parts.push(
      `${numberWords(counts.cannot_read)} ${verb(counts.cannot_read, 'control', 'controls')} could not be checked, so nothing is claimed about ${verb(counts.cannot_read, 'it', 'them')}.`,
    );
  return parts.join(' ');
}

const FIGURE_WORDS: Readonly<Record<string, string>> = {
  fail: 'Failing controls',
  cannot_read: 'Controls that could not be checked',
  pass: 'Passing controls',
  leavers: 'People who have left but still hold a seat',
  notOnRoster: 'Seats held by people who are not on the staff list',
  personalAccounts: 'Personal accounts on our domains',
};

/** Differences from the earlier report: counts that changed, new failures, and controls that no longer fail. */
export function changedLines(changes: NonNullable<Report['changes']>, findings: Board['findings']): string[] {
  const { figures, controls, lines } = changes;
  const moved = figures.filter(({ before, now }) => before !== now);
  const worse = new Set(
    controls
      .filter(({ from, to }) => to === 'fail' && from !== 'fail' && from !== null)
      .map(({ control }) => control),
  );
  const better = controls.filter(({ from, to }) => from === 'fail' && to === 'pass');
  const listed = (label: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`${label} (${list.length}): ${titlesInRow(list)}.`];
  if (figures.length === 0) return lines;
  const said = [
    ...moved.map(({ of, before, now }) => `${ownValue(FIGURE_WORDS, of) ?? of}: ${before} then, ${now} now.`),
    ...listed(
      'Fixed',
      better.map(({ title }) => title),
    ),
    ...listed(
      'New failures',
      findings.flatMap(({ control, headline }) => (worse.has(control) ? [headline] : [])),
    ),
  ];
  return said.length > 0 ? said : ['None of the figures have changed.'];
}

const MAX_TITLES = 2;

/** Joins statements without forming a sentence, so that they keep their capitals. */
export function titlesInRow(titles: readonly string[]): string {
  const more = titles.length - MAX_TITLES;
  return [...titles.slice(0, MAX_TITLES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Describes the chart: the first day, today, and the days without data. */
export function historyWords(days: Board['history']): string {
  const known = days.flatMap(({ day, counts }) => (counts === null ? [] : [{ day, counts }]));
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined || first === last)
    return 'Only one of these days has figures.';
  const moved = (label: string, state: State) =>
    first.counts[state] === last.counts[state]
      ? `${label} stayed at ${last.counts[state]}`
      : `${label} went from ${first.counts[state]} to ${last.counts[state]}`;
  const gaps = days.filter(({ counts }) => counts === null).map(({ day }) => dayWords(day));
  const missing =
    gaps.length === 0
      ? ''
      : ` No reading was current on ${names(gaps, 3)}, so nothing is shown for ${verb(gaps.length, 'that day', 'those days')}.`;
  return `Since ${dayWords(first.day)}, ${moved('failing controls', 'fail')}, ${moved('controls that could not be checked', 'cannot_read')}, and ${moved('passing controls', 'pass')}.${missing}`;
}

const NONE_NAMED = ', no one named';

/** One decision for the board: what, by whom, by when. */
function askWords(ask: Board['asks'][number]): { what: string; who: string; by: string } {
  const role = concernWords(ask.role);
  return {
    what: askSentence(ask),
    who: ask.who ?? `${role}${ask.kind === 'see_done' ? '' : NONE_NAMED}`,
    by: ask.by === null ? 'No date set' : dayWords(ask.by),
  };
}

/** The decisions for the board in words, in their order, with the control each is about. */
export const asksShown = ({ board }: Report) =>
  (board?.asks ?? []).map((ask) => ({ ...askWords(ask), control: ask.control }));

function askSentence({ kind, subject, since, by }: Board['asks'][number]): string {
  switch (kind) {
    case 'exception_ended':
      return `Renew or end the exception that expired on ${since === null ? 'its last day' : dayWords(since)}: ${subject}.`;
    case 'exception_ends':
      return `Renew or end the exception that ends on ${by === null ? 'its last day' : dayWords(by)}: ${subject}.`;
    case 'exception_unsigned':
      return `Approve or refuse the exception that no one has signed: ${subject}.`;
    case 'decide':
      return `${subject}.`;
    case 'see_done':
      return `Make sure this gets done: ${subject.charAt(0).toLowerCase()}${subject.slice(1)}.`;
  }
}
