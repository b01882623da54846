import type { z } from 'zod';
import { observedOn } from '#domain/decide/observed-on.ts';
import {
  type AsApproved,
  type LineState,
  type LineStatus,
  referenceStatus,
} from '#domain/journeys/reference.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Evidence } from '#domain/model/reading.ts';
import { anyOf, count, dayWords, names, shortId, verb } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import { rhythmsOf } from '#store/work/cadence.ts';
import { journeysOf } from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { shasOf, shownEvidence, verdictsNow } from '../controls/index.ts';
import { decidedAt, loadDrift } from '../drift/index.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import type { referenceSchema } from './schemas.ts';
import { deploymentJourney } from './status.ts';
import { refuseWithoutControls } from './summary.ts';

type Reference = z.infer<typeof referenceSchema>;

/** The control on offboardings; a completed offboarding here is a case of it. */
const OFFBOARDINGS = 'CLA-OPS-05';

/** Maximum pieces of evidence on a line; the task and the control show all. */
const MAX_NAMED = 3;

const LINE_WORDS: Readonly<Record<LineState, string>> = {
  done: 'Done',
  open: 'Not done',
  order_violated: 'Order violated',
  less_than_approved: 'Less than approved',
  cannot_read: 'Cannot read',
  pending: 'Pending',
  not_licensed: 'Not licensed',
  policy_only: 'Policy only',
  not_applicable: 'Not applicable',
};

/** A list of the guide (appendix A, or section 4.2) for one client, computed from today's verdicts. */
export async function quickReference(
  context: HandlerContext,
  list: 'reference' | 'immediate',
): Promise<Reference> {
  const { services, client, now } = context;
  refuseWithoutControls(context);
  const { catalogue } = services;
  const journey = deploymentJourney(catalogue);
  const { current } = await verdictsNow(context);
  const { shaOf, plan, scheduled, ran } = await cached(
    services.store,
    context.scope,
    { key: 'quick reference', weight: 1 },
    () =>
      context.read(async (tx) => {
        const { claudePlan } = await readProfile(tx, client.id);
        return {
          shaOf: await shasOf(tx, client.id),
          scheduled: new Set(
            (await rhythmsOf(tx, [client.id])).flatMap(({ task, active }) => (active ? [task] : [])),
          ),
          ran: new Set(
            (await journeysOf(tx, client.id)).some(
              ({ kind, ended_why }) => kind === 'leaving' && ended_why === 'done',
            )
              ? [OFFBOARDINGS]
              : [],
          ),
          plan: CLAUDE_PLAN_WORDS[claudePlan],
        };
      }),
  );
  const titles = new Map(catalogue.controls.map(({ id, title }) => [id, title]));
  const lines = referenceStatus(
    journey[list],
    current.map(({ verdict }) => verdict),
    journey[list].some(({ asApproved }) => asApproved)
      ? await asApproved(context)
      : { less: [], unreported: [] },
    scheduled,
    ran,
  ).map((one, at): Reference['lines'][number] => {
    const { line, state, verdicts } = one;
    const task = journey.tasks.findIndex(({ id }) => id === line.task);
    const days = verdicts.flatMap((verdict) => observedOn(verdict) ?? []).sort();
    return {
      id: line.id,
      number: at + 1,
      title: line.title,
      section: line.section,
      task: { id: line.task, number: task + 1, title: journey.tasks[task]?.title ?? line.task },
      state,
      stateWords: LINE_WORDS[state],
      words: wordsOf(one),
      checks: verdicts.map(({ control, state: is }) => ({
        control,
        short: shortId(control),
        title: titles.get(control) ?? control,
        state: is,
      })),
      evidence: distinct(verdicts.flatMap(({ evidence }) => evidence))
        .slice(0, MAX_NAMED)
        .map((evidence) => shownEvidence(evidence, shaOf)),
      observedOn: days.at(-1) ?? null,
    };
  });
  const apply = lines.filter(({ state }) => state !== 'not_applicable');
  return {
    client: client.slug,
    name: client.name,
    today: present(now, client.timezone).today,
    plan,
    done: apply.filter(({ state }) => state === 'done').length,
    of: apply.length,
    lines,
  };
}

/** Approved connectors or permissions that are missing, as on the Drift page; accepted deviations count as approved. */
async function asApproved(context: HandlerContext): Promise<AsApproved> {
  const loaded = await loadDrift(context);
  const { deviations, unreported } = loaded.reading;
  return {
    less: deviations
      .filter(
        (one) =>
          one.subject !== 'setting' &&
          one.direction === 'narrower' &&
          decidedAt(one, loaded.open.get(one.key), loaded.around).state !== 'accepted',
      )
      .map(({ label, words }) => `${label}: ${words}`),
    unreported,
  };
}

/** Each piece of evidence once; several checks may rest on the same one. */
function distinct(all: readonly Evidence[]): readonly Evidence[] {
  return [
    ...new Map(all.map((one) => [`${one.kind} ${one.file} ${one.row ?? ''} ${one.says}`, one])).values(),
  ];
}

/** The reason for a line's state: the reasons of the checks that determine it. */
function wordsOf({
  line,
  state,
  verdicts,
  lacksCase,
  lacksSchedule,
  lacksReading,
  less,
  unreported,
}: LineStatus): string {
  if (state === 'less_than_approved')
    return `Nothing is wider than approved, and not all that was approved is there. ${less.slice(0, MAX_NAMED).join(' ')}${less.length > MAX_NAMED ? ` ${count(less.length - MAX_NAMED, 'more difference')} ${less.length - MAX_NAMED === 1 ? 'is' : 'are'} under Drift.` : ''}`;
  if (unreported.length > 0)
    return `Nothing is wider than approved. Whether ${names(unreported, 6)} ${verb(unreported.length, 'is', 'are')} there as approved cannot be determined: the newest connectors table does not list ${unreported.length === 1 ? 'it' : 'them'}. Write ${unreported.length === 1 ? 'its line' : 'their lines'} into the table, or one with “no” under enabled where it was not added.`;
  if (lacksCase)
    return 'The checks pass, but no case of it is on record yet. Go through one, as a trial if need be, here or in the journal.';
  if (lacksSchedule)
    return 'It was done, and its recurring task is not on the schedule. Give it an owner and a date under Work so that it recurs.';
  if (lacksReading)
    return `${onStatements(verdicts) ? 'Only a person’s statement supports it.' : 'The checks pass, and one reading is missing.'} It counts once it has been read from ${wordList(line.reads ?? [])}.`;
  if (state === 'order_violated')
    return reasons(
      verdicts.filter(({ control, state: is }) => is === 'fail' && line.order.includes(control)),
    );
  const held = verdicts.filter(({ state: is }) => !['pass', 'accepted', 'not_applicable'].includes(is));
  if (state === 'pending') {
    const due = held.flatMap((verdict) => verdict.due ?? []).sort()[0];
    return `${due === undefined ? '' : `Until ${dayWords(due)}. `}${reasons(held)}`;
  }
  if (held.length > 0) return reasons(held);
  const shown = verdicts.filter(({ state: is }) => is !== 'not_applicable');
  return reasons(shown.length > 0 ? shown : verdicts) || 'It has not been decided yet.';
}

/** Whether all passing checks rest only on attestations. */
function onStatements(verdicts: LineStatus['verdicts']): boolean {
  return verdicts.every(
    ({ state, evidence }) => state !== 'pass' || evidence.every(({ kind }) => kind === 'attestations'),
  );
}

function wordList(kinds: readonly string[]): string {
  const labels = kinds.map((kind) => (Object.hasOwn(KINDS, kind) ? KINDS[kind as Kind].label : kind));
  return anyOf(labels);
}

function reasons(verdicts: LineStatus['verdicts']): string {
  return [...new Set(verdicts.map(({ reason }) => reason))].join(' ');
}
// Guide: G4.2-01 GA-00 GA-01 GA-02 GA-03 GA-04 GA-05 GA-06 GA-07 GA-08 GA-09 GA-10 GA-11 GA-12 GA-13 GA-14
// Guide: GA-15 GA-16
