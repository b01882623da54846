import type { z } from 'zod';
import { typeWords } from '#domain/activity/type-words.ts';
import { MAX_INVARIANT_EXCEPTION_DAYS } from '#domain/charter/invariants.ts';
import { type Direction, type Subject, URGENCIES, type Urgency } from '#domain/drift/types.ts';
import {
  DIRECTION_WORDS,
  DRIFT_STATE_WORDS,
  DRIFT_STATES,
  type DriftState,
  SUBJECT_WORDS,
  URGENCY_WORDS,
} from '#domain/drift/words.ts';
import { addDays } from '#domain/model/day.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { shortId } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { pathStates } from '../paths/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { type Loaded, loadDrift } from './load.ts';
import type { driftSchema } from './schemas.ts';
import { type DeviationView, deviationView, historyOf } from './view.ts';

export interface DriftFilter {
  readonly urgency?: Urgency | undefined;
  readonly state?: DriftState | 'open' | undefined;
  readonly direction?: Direction | undefined;
  readonly subject?: Subject | undefined;
  readonly text?: string | undefined;
}

/** Drift, most urgent first; accepted drift comes last. */
export async function listDrift(
  context: HandlerContext,
  filter: DriftFilter,
): Promise<z.infer<typeof driftSchema>> {
  const loaded = await loadDrift(context);
  const all = await viewsOf(context, loaded);
  const items = all.filter((one) => passes(one, filter));
  const open = all.filter(({ state }) => state !== 'accepted');
  const { reading, around } = loaded;
  return {
    items,
    total: items.length,
    today: around.today,
    latest: addDays(around.today, MAX_INVARIANT_EXCEPTION_DAYS),
    counts: {
      urgency: counted(URGENCIES, open, ({ urgency }) => urgency),
      state: counted(DRIFT_STATES, all, ({ state }) => state),
    },
    same: reading.same,
    unread: reading.unread.map((one) => ({ ...one })),
    observed: { ...reading.observed },
    charter: loaded.charterVersion,
    baseline: reading.baseline,
    history: historyOf(loaded, context.client),
    may: {
      accept: context.can('exceptions.request'),
      restore: context.can('charter.edit'),
      amend: context.can('charter.edit'),
    },
  };
}

export async function viewsOf(context: HandlerContext, loaded: Loaded): Promise<DeviationView[]> {
  const paths = await pathStates(context);
  const beside = { catalogue: context.services.catalogue, paths };
  const all = loaded.reading.deviations.map((one) => deviationView(one, loaded, beside));
  return [
    ...all.filter(({ state }) => state !== 'accepted'),
    ...all.filter(({ state }) => state === 'accepted'),
  ];
}

function passes(one: DeviationView, { urgency, state, direction, subject, text }: DriftFilter): boolean {
  if (urgency !== undefined && one.urgency !== urgency) return false;
  if (direction !== undefined && one.direction !== direction) return false;
  if (subject !== undefined && one.subject !== subject) return false;
  if (state === 'open' ? one.state === 'accepted' : state !== undefined && one.state !== state) return false;
  const words = searchable(text ?? '').split(/\s+/);
  const all = searchable(`${one.label} ${one.words} ${one.cause.who ?? ''} ${one.key}`);
  return words.every((word) => all.includes(word));
}

function counted<K extends string>(
  keys: readonly K[],
  list: readonly DeviationView[],
  of: (one: DeviationView) => K,
): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, list.filter((one) => of(one) === key).length])) as Record<
    K,
    number
  >;
}

const COLUMNS: readonly TableColumn<DeviationView>[] = [
  { key: 'urgency', title: 'Urgency', value: (one) => URGENCY_WORDS[one.urgency] },
  { key: 'label', title: 'Difference', width: 40, value: (one) => one.label },
  { key: 'subject', title: 'Kind', value: (one) => SUBJECT_WORDS[one.subject] },
  { key: 'charter', title: 'Charter', value: (one) => one.charter },
  { key: 'observed', title: 'Observed', value: (one) => one.observed },
  {
    key: 'direction',
    title: 'Against the charter',
    width: 26,
    value: (one) => DIRECTION_WORDS[one.direction],
  },
  { key: 'words', title: 'In words', width: 60, value: (one) => one.words },
  { key: 'on', title: 'Observed on', kind: 'day', value: (one) => (one.on === '' ? null : one.on) },
  { key: 'who', title: 'Who', value: (one) => one.cause.who },
  {
    key: 'at',
    title: 'When',
    kind: 'instant',
    value: (one) => (one.cause.at === null ? null : new Date(one.cause.at)),
  },
  {
    key: 'event',
    title: 'Event',
    width: 28,
    value: (one) => one.cause.event,
    words: ({ cause }) => (cause.event === null ? null : typeWords(cause.event)),
  },
  { key: 'why', title: 'Why that is not known', width: 40, value: (one) => one.cause.why },
  { key: 'state', title: 'State', value: (one) => DRIFT_STATE_WORDS[one.state] },
  { key: 'note', title: 'About the state', width: 40, value: (one) => one.note },
  { key: 'decidedBy', title: 'Decided by', value: (one) => one.decision?.by ?? null },
  { key: 'owner', title: 'Owner', value: (one) => one.decision?.owner?.name ?? null },
  { key: 'due', title: 'Put back by', kind: 'day', value: (one) => one.decision?.due ?? null },
  { key: 'until', title: 'Until', kind: 'day', value: (one) => one.decision?.until ?? null },
  {
    key: 'controls',
    title: 'Controls',
    value: (one) => one.controls.join(', ') || null,
    words: (one) => one.controls.map(shortId).join(', ') || null,
  },
  {
    key: 'file',
    title: 'File',
    width: 30,
    value: ({ evidence: [first] }) =>
      first === undefined ? null : `${first.file}${first.row === null ? '' : `, row ${first.row}`}`,
  },
  { key: 'key', title: 'Key', width: 40, value: (one) => one.key },
];

/** The drift as a file, with the content of the page. */
export async function exportDrift(
  context: HandlerContext,
  { format, ...filter }: DriftFilter & { readonly format: TableFormat },
) {
  const { items } = await listDrift(context, filter);
  const words = [
    filter.urgency === undefined ? null : URGENCY_WORDS[filter.urgency],
    filter.state === undefined
      ? null
      : filter.state === 'open'
        ? 'Not accepted'
        : DRIFT_STATE_WORDS[filter.state],
    filter.direction === undefined ? null : DIRECTION_WORDS[filter.direction],
    filter.subject === undefined ? null : SUBJECT_WORDS[filter.subject],
    filter.text === undefined || filter.text === '' ? null : `“${filter.text}”`,
  ].filter((word) => word !== null);
  const heading = {
    title: 'Drift from the charter',
    ...clientHeading(context),
    filter: words.length === 0 ? null : words.join(', '),
  };
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows: items }, format));
}
