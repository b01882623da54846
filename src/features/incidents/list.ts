import type { z } from 'zod';
import { incidentCode } from '#domain/incidents/words.ts';
import { SEVERITY_WORDS } from '#domain/labels.ts';
import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { type IncidentRow, type IncidentStepRow, incidentsOf, stepsOf } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { shownOwner, usersWithAccess } from '../owners/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { wordOf } from './proof.ts';
import type { INCIDENT_SEVERITIES, incidentLine, OUTCOMES } from './schemas.ts';
import { incidentSteps } from './steps.ts';

type Line = z.infer<typeof incidentLine>;
type Severity = (typeof INCIDENT_SEVERITIES)[number];

/** An incident with its steps, as shown in lists. */
export function lineOf(
  row: IncidentRow,
  rows: readonly IncidentStepRow[],
  access: ReadonlySet<string>,
  now: Date,
): Line {
  const steps = incidentSteps(row, rows);
  const left = steps.filter(({ settled }) => !settled);
  const next = left.map((one) => one.row.due_at.getTime()).sort((a, b) => a - b)[0];
  return {
    id: row.id,
    code: incidentCode(row.number, row.drill),
    title: row.title,
    type: row.plan.title,
    severity: row.severity as Severity,
    drill: row.drill,
    state: row.state === 'closed' ? 'closed' : 'open',
    outcome: row.outcome as (typeof OUTCOMES)[number] | null,
    lead: shownOwner(row, access),
    person: row.person,
    data: DATA_CLASSES.filter((one) => row.data.includes(one)),
    connector: row.connector,
    fileName: row.file_name,
    pattern: row.pattern,
    device: row.device,
    noticed: row.noticed_at.toISOString(),
    opened: { by: row.opened_by_name, at: row.opened_at.toISOString() },
    closed: row.closed_at === null ? null : { by: row.closed_by_name ?? '', at: row.closed_at.toISOString() },
    steps: {
      all: steps.length,
      settled: steps.length - left.length,
      overdue: row.state === 'open' ? left.filter((one) => one.row.due_at < now).length : 0,
    },
    onWord: row.state === 'closed' && !row.drill ? wordsIn(steps) : [],
    next: next === undefined || row.state !== 'open' ? null : new Date(next).toISOString(),
  };
}

/** Names of the people on whose statement alone containments are based, each once. */
function wordsIn(steps: ReturnType<typeof incidentSteps>): string[] {
  return [
    ...new Set(
      steps.flatMap(({ step, row, proof }) =>
        step.kind === 'contain' && proof !== null ? (wordOf(proof, row) ?? []) : [],
      ),
    ),
  ];
}

interface Filter {
  readonly state: 'open' | 'closed' | 'all';
  readonly drill: 'no' | 'yes';
}

export async function listIncidents(context: HandlerContext, { state, drill }: Filter) {
  const { client, now } = context;
  const access = await usersWithAccess(context);
  const { all, steps } = await context.read(async (tx) => ({
    all: await incidentsOf(tx, client.id),
    steps: await stepsOf(tx, [client.id], null),
  }));
  const stepsByIncident = Map.groupBy(steps, ({ incident_id }) => incident_id);
  const items = all
    .filter((row) => row.drill === (drill === 'yes') && (state === 'all' || row.state === state))
    .map((row) => lineOf(row, stepsByIncident.get(row.id) ?? [], access, now))
    .sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'));
  const real = all.filter((row) => !row.drill);
  return {
    items,
    total: items.length,
    counts: {
      open: real.filter((row) => row.state === 'open').length,
      closed: real.filter((row) => row.state === 'closed').length,
      drills: all.length - real.length,
    },
    may: { lead: context.can('incidents.lead') },
  };
}

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'code', title: 'Incident', width: 12, value: ({ code }) => code },
  { key: 'title', title: 'Title', width: 50, value: ({ title }) => title },
  { key: 'type', title: 'Type', width: 40, value: ({ type }) => type },
  { key: 'severity', title: 'Severity', width: 10, value: ({ severity }) => SEVERITY_WORDS[severity] },
  { key: 'state', title: 'State', width: 10, value: ({ state }) => (state === 'open' ? 'Open' : 'Closed') },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 14,
    value: ({ outcome }) => (outcome === null ? null : outcome === 'resolved' ? 'Resolved' : 'False alarm'),
  },
  {
    key: 'onWord',
    title: 'Contained, on the word of',
    width: 28,
    value: ({ onWord }) => (onWord.length === 0 ? null : onWord.join(', ')),
  },
  { key: 'lead', title: 'Led by', width: 28, value: ({ lead }) => lead?.name ?? null },
  { key: 'noticed', title: 'Noticed', kind: 'instant', value: ({ noticed }) => new Date(noticed) },
  {
    key: 'closed',
    title: 'Closed',
    kind: 'instant',
    value: ({ closed }) => (closed === null ? null : new Date(closed.at)),
  },
  { key: 'settled', title: 'Steps settled', kind: 'number', value: ({ steps }) => steps.settled },
  { key: 'steps', title: 'Steps', kind: 'number', value: ({ steps }) => steps.all },
  { key: 'overdue', title: 'Steps overdue', kind: 'number', value: ({ steps }) => steps.overdue },
];

export async function exportIncidents(
  context: HandlerContext,
  { format, ...filter }: Filter & { readonly format: TableFormat },
) {
  const { items } = await listIncidents(context, filter);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: filter.drill === 'yes' ? 'Drills' : 'Incidents',
          ...clientHeading(context),
          filter: null,
        },
        columns: COLUMNS,
        rows: items,
      },
      format,
    ),
  );
}
