import type { z } from 'zod';
import { TO_DO } from '#domain/journeys/people/status.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { PersonJourneyRow } from '#store/work/person-journeys.ts';
import { shownOwner } from '../owners/index.ts';
import type { PersonRow } from '../people/index.ts';
import { present } from '../shared/moment.ts';
import type { Candidate } from './candidates.ts';
import { type JourneyNow, kindOf, type StepNow } from './current-state.ts';
import { ENDS, type journeyDetail, type journeySchema } from './schemas.ts';

export type Journey = z.infer<typeof journeySchema>;
type Step = Journey['steps'][number];

/** Proofs that can show neither that a step is done nor that it is not. */
const NEVER_SHOWN: ReadonlySet<string> = new Set(['none', 'projects_listed']);

/** Finds a person of the comparison by address. */
export type Rows = (key: string) => PersonRow | undefined;

export function rowsBy(rows: readonly PersonRow[]): Rows {
  const byKey = new Map<string, PersonRow>();
  for (const row of rows) {
    if (row.place === 'personal_account') continue;
    const keys = [row.key, ...row.roster.flatMap(({ addresses }) => addresses)];
    for (const key of keys) if (key !== null && !byKey.has(key)) byKey.set(key, row);
  }
  return (key) => byKey.get(key);
}

/** Data shown together with an offboarding or onboarding. */
export interface ViewContext {
  readonly rows: Rows;
  /** Ids of the users to whom work of the client can be assigned. */
  readonly access: ReadonlySet<string>;
  /** Addresses, in lower case, of everyone who can sign in here and do anything at the client. */
  readonly signIns: ReadonlySet<string>;
  /** The client's time zone, for the day of an end. */
  readonly timezone: string;
}

/** An open offboarding or onboarding as of today. */
export function journeyView(now: JourneyNow, beside: ViewContext): Journey {
  const { rows, access, timezone } = beside;
  const { row, kind, shown, state, steps } = now;
  const toDo = steps.filter((one) => TO_DO.includes(one.state));
  return {
    ...headOf(row, rows, access),
    kind,
    name: shown.name,
    seat: shown.seat,
    state: row.ended_at === null ? state : 'ended',
    words: row.ended_at === null ? journeyWords(now) : endedWords(row, timezone),
    toDo: row.ended_at === null ? toDo.length : 0,
    nextDue: row.ended_at === null ? (toDo.map(({ due }) => due).sort()[0] ?? null) : null,
    concerns: [
      ...shown.concerns.map(({ code, words }) => ({ code, words })),
      ...(kind === 'leaving' && row.ended_at === null && signsIn(row.person_key, beside) ? [SIGNS_IN] : []),
    ],
    steps: steps.map((one) => stepView(one, row, shown.name, access)),
  };
}

/** A leaver's access to this console is not affected by what is closed elsewhere. */
const SIGNS_IN = {
  code: 'console_access',
  words:
    'Can sign in to Bylaw and see this client. Remove that under Access, and give their work to someone else.',
} as const;

function signsIn(key: string, { rows, signIns }: ViewContext): boolean {
  const row = rows(key);
  const addresses = [key, row?.key ?? key, ...(row?.roster ?? []).flatMap((one) => one.addresses)];
  return addresses.some((one) => signIns.has(one.toLowerCase()));
}

/** An ended offboarding or onboarding, without what the readings show today. */
export function endedView(row: PersonJourneyRow, { rows, access, timezone }: ViewContext): Journey {
  return {
    ...headOf(row, rows, access),
    kind: kindOf(row),
    name: row.name,
    seat: null,
    state: 'ended',
    words: endedWords(row, timezone),
    toDo: 0,
    nextDue: null,
    concerns: [],
    steps: [],
  };
}

function headOf(row: PersonJourneyRow, rows: Rows, access: ReadonlySet<string>) {
  const why = ENDS.find((one) => one === row.ended_why);
  return {
    id: row.id,
    address: row.person_key,
    person: rows(row.person_key)?.id ?? null,
    day: row.day,
    owner: shownOwner(row, access),
    started: { by: row.started_by_name, at: row.started_at.toISOString() },
    ended:
      row.ended_at === null || why === undefined
        ? null
        : { why, by: row.ended_by_name ?? '', at: row.ended_at.toISOString() },
    version: row.version,
  };
}

function stepView(
  { step, due, state, shown, mark, row, held }: StepNow,
  journey: PersonJourneyRow,
  name: string,
  access: ReadonlySet<string>,
): Step {
  const ownOwner = row?.owner_name != null;
  return {
    id: step.id,
    title: step.title,
    action: step.action.replace('{name}', name),
    who: step.who,
    due,
    state,
    words: shown.words,
    code: shown.code,
    readOn: shown.on,
    held: [...held],
    provable: !NEVER_SHOWN.has(step.proof),
    owner: shownOwner(ownOwner && row !== null ? row : journey, access),
    ownOwner,
    mark: mark === null ? null : { ...mark, at: mark.at?.toISOString() ?? null },
    version: row?.version ?? 0,
  };
}

/** What the readings show for each step, and how to do it. */
export function guidesOf({ steps }: JourneyNow): z.infer<typeof journeyDetail>['guides'] {
  return steps.map(({ step, shown }) => ({
    step: step.id,
    why: step.why,
    how: step.how.map((one) => ({ do: one.do, where: one.where ?? null, checked: one.checked ?? null })),
    guide: [...step.guide],
    sources: step.sources.map(({ title, url, read }) => ({ title, url, read })),
    evidence: [...shown.evidence],
  }));
}

export const END_WORDS: Readonly<Record<(typeof ENDS)[number], string>> = {
  mistake: 'Started by mistake',
  stays: 'The person stays, or does not come',
  returned: 'The person is back',
  done: 'Every step was settled',
};

function endedWords({ ended_at, ended_why }: PersonJourneyRow, timezone: string): string {
  const why = ENDS.find((one) => one === ended_why);
  const on = ended_at === null ? '' : ` on ${dayWords(present(ended_at, timezone).today)}`;
  return `Ended${on}. ${why === undefined ? '' : END_WORDS[why]}`.trim();
}

/** Progress in words. */
function journeyWords({ steps, state }: JourneyNow): string {
  const of = (...states: readonly StepNow['state'][]) => steps.filter((one) => states.includes(one.state));
  const contradicted = of('contradicted');
  const overdue = of('overdue');
  const open = of('open');
  const marked = of('marked');
  const accepted = of('accepted');
  const parts = [
    ...(contradicted.length > 0
      ? [`${count(contradicted.length, 'step')} marked as done, and a newer reading shows otherwise`]
      : []),
    ...(overdue.length > 0
      ? [
          `${count(overdue.length, 'step')} overdue since ${dayWords(overdue.map(({ due }) => due).sort()[0] ?? '')}`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `${count(open.length, 'step')} to do, next by ${dayWords(open.map(({ due }) => due).sort()[0] ?? '')}`,
        ]
      : []),
    ...(marked.length > 0 ? [`${count(marked.length, 'step')} marked and not shown by a reading`] : []),
    ...(accepted.length > 0 ? [`${count(accepted.length, 'step')} accepted as left undone`] : []),
  ];
  return state === 'proved' ? 'Every step is shown by a reading' : parts.join('; ');
}

/** A person who leaves or joins according to a reading, without an offboarding or onboarding. */
export function notStarted({ kind, key, name, row, day, dayKnown, seenOn }: Candidate): Journey {
  return {
    id: null,
    kind,
    address: key,
    name,
    person: row?.id ?? null,
    seat: row?.account?.seat ?? null,
    day: dayKnown ? day : null,
    state: 'not_started',
    words:
      row === null
        ? kind === 'leaving'
          ? `Disabled in the Entra users of ${dayWords(seenOn)}, and holds a seat.`
          : `New in the Entra users of ${dayWords(seenOn)}, and holds no seat.`
        : kind === 'leaving'
          ? row.state.words
          : row.why,
    toDo: 0,
    nextDue: null,
    concerns: [],
    steps: [],
    owner: null,
    started: null,
    ended: null,
    version: 0,
  };
}
