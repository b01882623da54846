import { domainOf, mailDomain } from '../people/names.ts';
import { count, dayWords } from '../text/words.ts';
import type { Entry, Exemption, ReportSeen, Round } from './register.ts';
import { type AccountStep, ANSWER_WORDS, ASKING, isStep, type StepKind } from './steps.ts';

interface Reported {
  readonly key: string;
  readonly rounds: readonly Round[];
  readonly steps: readonly AccountStep[];
  readonly reports: readonly ReportSeen[];
  readonly today: string;
}

/** Current state of an account; the newest report takes precedence over statements. */
export function statusOf({ key, rounds, steps, reports, today }: Reported): Entry {
  const round = rounds.at(-1);
  if (round === undefined) throw new Error('an account that nothing names');
  const sightings = reports.flatMap((report) => {
    const seen = report.accounts.get(key);
    return seen === undefined || seen.status === 'workspace' ? [] : [{ day: report.day, seen }];
  });
  const seen = sightings.at(-1)?.seen ?? null;
  // Statements from before any report belong to the first round.
  const from = rounds.length > 1 ? round.from : '';
  const until = round.closed?.on ?? today;
  const own = steps.filter(({ day }) => day >= from && day <= until);
  const asked = own.filter(isStep('contacted')).filter(({ message }) => ASKING.has(message));
  const lastAsked = asked.at(-1);
  const said = statusOfSteps(own, round, today);
  const answered = own.findLast(isStep('answered'));
  const work = steps.filter(isStep('answered')).findLast(({ usedForWork }) => usedForWork !== null);
  const assigned = steps.findLast(isStep('assigned'));
  const state = round.closed !== null ? 'closed' : (said.state ?? (asked.length > 0 ? 'contacted' : 'found'));
  const cameBack = rounds.length > 1 ? round.from : null;
  const answer = answered === undefined ? null : { answer: answered.answer, on: answered.day };
  const entry: Omit<Entry, 'words'> = {
    key,
    name: seen?.name ?? sightings.findLast((one) => one.seen.name !== null)?.seen.name ?? null,
    seen,
    state,
    certain: seen === null || seen.status === 'outside',
    firstSeen: sightings[0]?.day ?? null,
    lastSeen: sightings.at(-1)?.day ?? null,
    cameBack,
    closed: round.closed,
    messages: asked.length,
    contactedOn: asked[0]?.day ?? null,
    lastMessageOn: lastAsked?.day ?? null,
    contactedHow: lastAsked?.how ?? null,
    spokenTo: asked.length > 0 || own.some(({ kind }) => SPOKEN.has(kind)),
    answer,
    usedForWork: work?.usedForWork ?? null,
    exemption: state === 'exempt' ? said.exemption : null,
    exemptionEnded: state === 'closed' ? null : said.ended,
    doubt: state === 'closed' ? null : (said.disputed ?? doubtOf(key, round, reports)),
    rests: said.step ?? lastAsked ?? own.findLast(({ kind }) => kind !== 'assigned') ?? null,
    owner: assigned?.owner ?? null,
    due: assigned?.due ?? null,
    version: steps.reduce((max, { seq }) => Math.max(max, seq), 0),
    rounds,
    steps,
  };
  return { ...entry, words: wordsOf(entry, said.step?.day ?? '') };
}

const SPOKEN: ReadonlySet<StepKind> = new Set(['answered', 'migrating', 'said_closed']);

interface StepStatus {
  readonly state: 'migrating' | 'said_closed' | 'exempt' | null;
  readonly step: AccountStep | null;
  readonly exemption: Exemption | null;
  readonly ended: string | null;
  readonly disputed: string | null;
}

const NOTHING: StepStatus = { state: null, step: null, exemption: null, ended: null, disputed: null };

/**
 * The newest statement that still counts, ignoring closings that a later report contradicts and exemptions that have
 * ended.
 */
function statusOfSteps(steps: readonly AccountStep[], round: Round, today: string): StepStatus {
  let disputed: string | null = null;
  let ended: string | null = null;
  for (const step of steps.toReversed()) {
    const none = { ...NOTHING, disputed, ended };
    switch (step.kind) {
      case 'reopened':
      case 'found':
        return none;
      case 'migrating':
        return { ...none, state: 'migrating', step };
      case 'said_closed':
        if (round.lastSeen === null || round.lastSeen < step.day)
          return { ...none, state: 'said_closed', step };
        disputed ??= `Marked as closed on ${dayWords(step.day)}, but the report of ${dayWords(round.lastSeen)} still lists it.`;
        break;
      case 'exempted': {
        const { reason, owner, until } = step;
        if (until === null || until >= today)
          return {
            ...none,
            state: 'exempt',
            step,
            exemption: { reason, owner, until, since: step.day, by: step.by },
          };
        ended ??= until;
        break;
      }
      case 'contacted':
        // The journal's newest entry replaces earlier statements.
        if (step.made === 'journal') return none;
        break;
      case 'answered':
      case 'assigned':
        break;
    }
  }
  return { ...NOTHING, disputed, ended };
}

/** Why the newest report is inconclusive about an account that an earlier one lists; null: it is conclusive. */
function doubtOf(key: string, round: Round, reports: readonly ReportSeen[]): string | null {
  const newest = reports.at(-1);
  if (newest === undefined || round.lastSeen === null || newest.day <= round.lastSeen) return null;
  if (newest.closesNothing !== null)
    return `The report of ${dayWords(newest.day)} does not list it, but ${newest.closesNothing}, so it shows nothing closed.`;
  if (mailDomain(key) === null)
    return `The report of ${dayWords(newest.day)} does not list it, but no report shows whose it was, since its address cannot be read.`;
  return `The report of ${dayWords(newest.day)} does not list it, but it lists no one at ${domainOf(key)}, so it may not cover that domain.`;
}

function wordsOf(entry: Omit<Entry, 'words'>, saidOn: string): string {
  const { closed, exemption } = entry;
  switch (entry.state) {
    case 'closed':
      if (closed?.moved === true) return `Closed: in our workspace by the report of ${dayWords(closed.on)}`;
      return `Closed: gone from the report of ${dayWords(closed?.on ?? '')}`;
    case 'said_closed':
      return `Marked as closed on ${dayWords(saidOn)}; no report shows it yet`;
    case 'migrating':
      return `Migrating since ${dayWords(saidOn)}`;
    case 'exempt':
      return exemption?.until == null
        ? `Exempt since ${dayWords(saidOn)}, without an end`
        : `Exempt until ${dayWords(exemption.until)}`;
    case 'contacted':
      return contactedWords(entry);
    case 'found':
      if (!entry.certain) return 'Found; not known whose it is';
      return entry.cameBack === null
        ? 'Found; not contacted yet'
        : `Returned on ${dayWords(entry.cameBack)}; no one has written since`;
  }
}

function contactedWords(entry: Omit<Entry, 'words'>): string {
  const on = dayWords(entry.lastMessageOn ?? '');
  const reported =
    entry.contactedHow === 'mail'
      ? `Written to on ${on}`
      : entry.contactedHow === 'hand'
        ? `Recorded as contacted on ${on}`
        : `Contacted on ${on} according to the journal`;
  const times = entry.messages > 1 ? ` (${count(entry.messages, 'message')})` : '';
  return `${reported}${times}; ${entry.answer === null ? 'no answer yet' : ANSWER_WORDS[entry.answer.answer]}`;
}
