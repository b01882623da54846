import type { z } from 'zod';
import { STEP_STATES } from '#domain/journeys/people/status.ts';
import type { JourneyKind } from '#domain/model/person-journey.ts';
import { endedJourneys, findJourney } from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { peopleNowWith } from '../owners/index.ts';
import { readingNow } from '../people/index.ts';
import { lastPolicyMail } from '../policy/index.ts';
import { notFound } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { candidatesOf } from './candidates.ts';
import { connectorMailOf } from './connector-mail.ts';
import { journeysNow, lookAt } from './current-state.ts';
import type { journeyDetail, journeyList } from './schemas.ts';
import { endedView, guidesOf, type Journey, journeyView, notStarted } from './view.ts';
import { loadViewContext } from './view-context.ts';

interface Filter {
  readonly kind: JourneyKind;
  readonly ended: 'yes' | 'no';
}

/**
 * Everyone who leaves or joins: open offboardings and onboardings, and people in the roster for whom none was started.
 */
export async function listJourneys(
  context: HandlerContext,
  { kind, ended }: Filter,
): Promise<z.input<typeof journeyList>> {
  const { services, client, can } = context;
  const now = await journeysNow(context, client);
  const reading = await readingNow(context, client);
  const able = await peopleNowWith(services, client.id, 'work.read');
  const beside = await loadViewContext(context);
  const { rows } = beside;
  const mine = now.journeys.filter((one) => one.kind === kind);
  const started = new Set(mine.flatMap(({ row }) => [row.person_key, rows(row.person_key)?.key ?? '']));
  const items =
    ended === 'yes'
      ? (await context.read((tx) => endedJourneys(tx, client.id, kind))).map((row) => endedView(row, beside))
      : [
          ...candidatesOf(kind, now, reading?.rows ?? [])
            .filter(({ key }) => !started.has(key))
            .map(notStarted),
          ...mine.map((one) => journeyView(one, beside)),
        ].sort(byUrgency);
  return {
    items,
    total: items.length,
    today: now.today,
    readOn: now.readOn,
    roster:
      now.roster === null
        ? null
        : { on: now.roster.on, now: now.roster.now, before: now.roster.before, words: now.roster.words },
    people: can('people.decide') ? able.map(({ name, email }) => ({ name, email })) : [],
  };
}

const ORDER: readonly Journey['state'][] = ['not_started', ...STEP_STATES, 'ended'];

function byUrgency(a: Journey, b: Journey): number {
  return (
    ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
    (a.nextDue ?? a.day ?? '').localeCompare(b.nextDue ?? b.day ?? '') ||
    a.address.localeCompare(b.address)
  );
}

/** One offboarding or onboarding, open or ended, with the evidence of each step. */
export async function showJourney(
  context: HandlerContext,
  { journey }: { readonly journey: string },
): Promise<z.infer<typeof journeyDetail>> {
  const { client } = context;
  const row = await context.read((tx) => findJourney(tx, client.id, journey));
  if (row === null) throw notFound();
  const [now] = (await lookAt(context, client, [row])).journeys;
  if (now === undefined) throw notFound();
  const joins = now.kind === 'joining' && row.ended_at === null;
  return {
    ...journeyView(now, await loadViewContext(context)),
    policyMail: joins ? await lastPolicyMail(context, row.person_key) : null,
    connectorMail: joins ? await context.read((tx) => connectorMailOf(tx, context, journey)) : null,
    guides: guidesOf(now),
  };
}

interface Line {
  readonly journey: Journey;
  readonly step: Journey['steps'][number] | null;
}

const STATE_WORDS: Readonly<Record<Journey['state'], string>> = {
  not_started: 'Not started',
  contradicted: 'Contradicted',
  overdue: 'Overdue',
  open: 'To do',
  marked: 'Marked',
  accepted: 'Accepted',
  not_needed: 'Not needed',
  proved: 'Confirmed by a reading',
  ended: 'Ended',
};

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ journey }) => journey.name },
  { key: 'address', title: 'Address', width: 36, value: ({ journey }) => journey.address },
  { key: 'day', title: 'Last or first day', kind: 'day', value: ({ journey }) => journey.day },
  { key: 'step', title: 'Step', width: 40, value: ({ step }) => step?.title ?? null },
  { key: 'due', title: 'Due', kind: 'day', value: ({ step }) => step?.due ?? null },
  {
    key: 'state',
    title: 'State',
    width: 20,
    value: ({ journey, step }) => STATE_WORDS[step?.state ?? journey.state],
  },
  { key: 'words', title: 'Details', width: 60, value: ({ journey, step }) => step?.words ?? journey.words },
  {
    key: 'owner',
    title: 'Owner',
    width: 28,
    value: ({ journey, step }) => (step === null ? journey.owner : step.owner)?.name ?? null,
  },
  { key: 'markedOn', title: 'Marked as done', kind: 'day', value: ({ step }) => step?.mark?.on ?? null },
  { key: 'note', title: 'Note', width: 40, value: ({ step }) => step?.mark?.note ?? null },
];

export async function exportJourneys(
  context: HandlerContext,
  { format, ...filter }: Filter & { readonly format: TableFormat },
) {
  const { items } = await listJourneys(context, filter);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: filter.kind === 'leaving' ? 'People who leave' : 'People who join',
          ...clientHeading(context),
          filter: filter.ended === 'yes' ? 'Ended' : null,
        },
        columns: COLUMNS,
        rows: items.flatMap((journey): Line[] =>
          journey.steps.length === 0
            ? [{ journey, step: null }]
            : journey.steps.map((step) => ({ journey, step })),
        ),
      },
      format,
    ),
  );
}
// Guide: G6.6-00 G6.6-03 G7.3-01
