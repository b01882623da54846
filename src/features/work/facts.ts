import { alertLevel } from '#domain/detections/alert-words.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import { TO_DO } from '#domain/journeys/people/status.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { REPORT_KINDS } from '#domain/staff/words.ts';
import {
  type AssignedTask,
  AUDIENCE_ASSIGNMENTS,
  CONTROL_ASSIGNMENTS,
  DRIFT_ASSIGNMENTS,
  type OpenIncident,
  type Owner,
  type PersonUnderway,
  type Rhythm,
  type WorkFacts,
} from '#domain/work/facts.ts';
import type { DueRows } from '#store/work/due.ts';
import type { Services } from '../context.ts';
import { deploymentJourney, JOURNEY, progressOf } from '../deployment/index.ts';
import { incidentSteps } from '../incidents/index.ts';
import { type JourneyNow, journeysNow } from '../journeys/index.ts';
import { CADENCES } from '../reports/index.ts';
import { present, zoneOf } from '../shared/moment.ts';
import { sourceFindings } from '../sources/index.ts';

/** The services needed to read work. */
export type Needed = Pick<Services, 'store' | 'verdicts' | 'catalogue' | 'clock'>;

/** The client to which work belongs. */
export interface WorkClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly sandbox: boolean;
}

/** The facts of one client from which its work is derived. */
interface ClientFacts {
  readonly client: WorkClient;
  readonly facts: WorkFacts;
}

type JourneysOf = ReadonlyMap<string, readonly JourneyNow[]>;

/** What the readings show about people who leave or join. Reads only the clients that have such people. */
export async function journeysAt(
  services: Needed,
  { clients, journeys }: DueRows,
  now: Date,
): Promise<JourneysOf> {
  const wanted = new Set(journeys.map((row) => row.client_id));
  const found = new Map<string, readonly JourneyNow[]>();
  for (const { id, profile } of clients)
    if (wanted.has(id))
      found.set(id, (await journeysNow({ services, now }, { id, timezone: zoneOf(profile) })).journeys);
  return found;
}

export function factsOf(rows: DueRows, journeys: JourneysOf, catalogue: Catalogue, now: Date): ClientFacts[] {
  const by = <Row extends { client_id: string }>(list: readonly Row[]) => {
    const grouped = Map.groupBy(list, (row) => row.client_id);
    return (id: string): readonly Row[] => grouped.get(id) ?? [];
  };
  const of = {
    verdicts: by(rows.verdicts),
    exceptions: by(rows.exceptions),
    overrides: by(rows.overrides),
    detections: by(rows.detections),
    settings: by(rows.settings),
    charters: by(rows.charters),
    claims: by(rows.claims),
    requests: by(rows.requests),
    changes: by(rows.changes),
    restores: by(rows.restores),
    statements: by(rows.statements),
    assignments: by(rows.assignments),
    incidents: by(rows.incidents),
    incidentSteps: by(rows.incidentSteps),
    staffReports: by(rows.staffReports),
    rhythms: by(rows.rhythms),
    records: by(rows.records),
    flags: by(rows.flags),
    journals: by(rows.journals),
    usageFiles: by(rows.usageFiles),
    usageCovers: by(rows.usageCovers),
    schedules: by(rows.schedules),
    imports: by(rows.imports),
    sources: by(rows.sources),
    sinks: by(rows.sinks),
    streams: by(rows.streams),
    alerts: by(rows.alerts),
  };
  const leavers = by(rows.journeys.filter(({ kind }) => kind === 'leaving'));
  const leaving = (id: string) => new Set(leavers(id).map((row) => row.person_key.toLowerCase()));
  return rows.clients.map(({ id, slug, name, profile, sandbox }): ClientFacts => {
    const client = { id, slug, name, sandbox, timezone: zoneOf(profile) };
    const verdicts = of.verdicts(id);
    const [journal] = of.journals(id);
    const journey = deploymentJourney(catalogue);
    return {
      client,
      facts: {
        catalogue,
        verdicts,
        exceptions: of.exceptions(id).map((row) => ({
          id: row.id,
          control: row.control_id,
          reason: row.reason,
          until: row.until_day,
          requestedBy: row.requested_by,
          requestedByName: row.requested_by_name,
        })),
        overrides: of
          .overrides(id)
          .filter(({ approved }) => approved === null)
          .map((row) => ({
            id: row.id,
            task: row.task,
            title: journey.tasks.find((task) => task.id === row.task)?.title ?? row.task,
            reason: row.reason,
            requestedBy: row.requested_by,
            requestedByName: row.requested_by_name,
          })),
        detections: of.detections(id).map((row) => ({
          detection: row.detection,
          title: catalogue.detections.find(({ bylaw }) => bylaw.id === row.detection)?.title ?? row.detection,
          reason: row.reason,
          proposedBy: row.proposed_by,
          proposedByName: row.proposed_by_name,
        })),
        settings: of.settings(id).map((row) => ({
          setting: row.setting,
          proposedBy: row.proposed_by,
          proposedByName: row.proposed_by_name,
        })),
        charters: of.charters(id).map((row) => ({
          id: row.id,
          title: row.title,
          reason: row.reason,
          requestedBy: row.proposed_by ?? '',
          requestedByName: row.proposed_by_name ?? 'Someone',
        })),
        claims: Number(of.claims(id)[0]?.waiting ?? 0),
        requests: of.requests(id).map((row) => ({
          id: row.id,
          connector: row.entry ?? row.name.trim().toLowerCase(),
          name: row.name,
          purpose: row.purpose,
          until: row.until_day,
          deferredUntil: row.state === 'deferred' ? row.deferred_until : null,
          approvals: row.approvals.length,
          askedBy: row.asked_by,
          askedByName: row.asked_by_name,
        })),
        changes: of.changes(id).map((row) => ({
          id: row.id,
          target: row.target,
          ofLeaver: leaving(id).has(row.subject.trim().toLowerCase()),
          title: row.title,
          reason: row.reason,
          until: row.state === 'planned' ? null : row.until_day,
          plannedBy: row.planned_by,
          plannedByName: row.planned_by_name,
        })),
        restores: of.restores(id).map((row) => {
          const given = of
            .assignments(id)
            .find(({ journey, task }) => journey === DRIFT_ASSIGNMENTS && task === row.deviation);
          return {
            id: row.id,
            departure: row.deviation,
            label: row.label,
            reason: row.reason,
            owner: given === undefined ? null : ownerOf(given),
            due: given?.due_on ?? null,
          };
        }),
        statements: of.statements(id).map((row) => ({
          id: row.id,
          control: row.control_id,
          by: row.attested_by,
          seen: row.seen,
          expires: row.expires,
        })),
        tasks: assigned(catalogue, verdicts, of.overrides(id), of.assignments(id)),
        holders: new Map(
          of
            .assignments(id)
            .filter(({ journey }) => journey === AUDIENCE_ASSIGNMENTS)
            .flatMap((row) => {
              const owner = ownerOf(row);
              return owner === null ? [] : [[row.task, owner] as const];
            }),
        ),
        assigned: of
          .assignments(id)
          .filter(({ journey }) => journey === CONTROL_ASSIGNMENTS)
          .map((row) => ({ control: row.task, owner: ownerOf(row), due: row.due_on })),
        journeys: (journeys.get(id) ?? []).map(underwayOf),
        incidents: of
          .incidents(id)
          .map((row) => openIncidentOf(row, of.incidentSteps(id), { now, zone: client.timezone })),
        staffReports: of.staffReports(id).map((row) => ({
          id: row.id,
          reference: row.reference,
          kind: REPORT_KINDS.find((one) => one === row.kind) ?? 'other',
          came: present(row.received_at, client.timezone).today,
        })),
        rhythms: of.rhythms(id).map((row): Rhythm => {
          const last = of.records(id).find((one) => one.task === row.task && one.withdrawn === null);
          return {
            task: row.task,
            active: row.active,
            months: row.months,
            owner: ownerOf(row),
            due: row.due_on,
            last: last === undefined ? null : { on: last.done_on, by: last.done_by_name },
          };
        }),
        flags: of.flags(id).map((row) => ({
          review: row.review_id,
          item: row.item,
          title: row.items.find((item) => item.id === row.item)?.title ?? row.item,
          note: row.note,
          owner: ownerOf(row),
          day: row.day,
          signedOn: row.signed_on,
        })),
        journal: { nextReview: journal?.next ?? null, lastReview: journal?.last ?? null },
        usageFiles: of.usageFiles(id).map(({ week }) => ({ week })),
        usage: usageOf(of.usageCovers(id), profile, catalogue),
        reports: of.schedules(id).map((row) => ({
          id: row.id,
          cadence: CADENCES.find((one) => one === row.cadence) ?? 'monthly',
          nextOn: row.next_on,
          recipients: row.recipients.length,
        })),
        alerts: of.alerts(id).map(({ level, groups, alerts, raised }) => ({
          level: alertLevel(level),
          groups,
          alerts,
          raised: raised === null ? null : present(raised, client.timezone).today,
        })),
        sources: sourceFindings(of.sources(id), of.streams(id), { ...catalogue, now }),
        sinks: of.sinks(id).flatMap(({ findings }) => findings),
        imports: of.imports(id).map((row) => ({
          id: row.id,
          files: Number(row.files),
          begun: present(row.created_at, client.timezone).today,
        })),
      },
    };
  });
}

function underwayOf({ row, kind, shown, steps }: JourneyNow): PersonUnderway {
  return {
    id: row.id,
    kind,
    name: shown.name,
    steps: steps
      .filter(({ state }) => TO_DO.includes(state))
      .map((one) => ({
        id: one.step.id,
        title: one.step.title,
        action: one.step.action.replace('{name}', shown.name),
        who: one.step.who,
        due: one.due,
        contradicted: one.state === 'contradicted',
        words: one.shown.words,
        owner: one.row === null ? ownerOf(row) : (ownerOf(one.row) ?? ownerOf(row)),
      })),
  };
}

/** The open steps of an incident. Whether a reading proves a containment is determined on its own page only. */
function openIncidentOf(
  incident: DueRows['incidents'][number],
  rows: readonly DueRows['incidentSteps'][number][],
  { now, zone }: { readonly now: Date; readonly zone: string },
): OpenIncident {
  const open = incidentSteps({ ...incident, state: 'open', outcome: null }, rows).filter(
    ({ settled }) => !settled,
  );
  const waitsOnly = ({ row, waits }: (typeof open)[number]) => waits.length > 0 && row.due_at >= now;
  return {
    id: incident.id,
    code: incidentCode(incident.number, incident.drill),
    title: incident.title,
    drill: incident.drill,
    lead: ownerOf(incident),
    steps: open
      .filter((one) => !waitsOnly(one))
      .map(({ step, row }) => ({
        id: step.id,
        title: step.title,
        role: step.who,
        owner: ownerOf(row),
        due: present(row.due_at, zone).today,
        late: row.due_at < now,
        unproved: row.state === 'done',
      })),
    waiting: open.filter(waitsOnly).length,
  };
}

/** Deployment tasks that have an owner or a due date, with their state today. */
function assigned(
  catalogue: Catalogue,
  verdicts: readonly DueRows['verdicts'][number][],
  overrides: readonly DueRows['overrides'][number][],
  rows: readonly DueRows['assignments'][number][],
): AssignedTask[] {
  const given = rows.filter(({ journey }) => journey === JOURNEY);
  if (given.length === 0) return [];
  const journey = deploymentJourney(catalogue);
  // Whether a task is locked depends only on the states of controls and on approved overrides.
  const { status } = progressOf(
    journey,
    verdicts,
    overrides.map((row) => ({
      ...row,
      decision: row.approved === null ? null : { approved: row.approved },
    })),
  );
  return given.flatMap((row): AssignedTask[] => {
    const at = status.tasks.findIndex(({ task }) => task.id === row.task);
    const one = status.tasks[at];
    return one === undefined
      ? []
      : [
          {
            task: row.task,
            number: at + 1,
            title: one.task.title,
            state: one.state,
            owner: ownerOf(row),
            due: row.due_on,
          },
        ];
  });
}

function ownerOf(row: {
  readonly owner_user: string | null;
  readonly owner_name: string | null;
  readonly owner_mail: string | null;
}): Owner | null {
  return row.owner_name === null
    ? null
    : { user: row.owner_user, name: row.owner_name, mail: row.owner_mail };
}

/** On Enterprise, the Analytics API is read every day; on other plans, someone exports reports. */
function usageOf(
  rows: readonly Pick<DueRows['usageCovers'][number], 'covers'>[],
  profile: unknown,
  { visibility }: Pick<Catalogue, 'visibility'>,
): WorkFacts['usage'] {
  const keepsDays = visibility.sources.find(({ id }) => id === 'spend_report')?.keepsDays ?? null;
  const covered = rows.flatMap(({ covers }) => covers ?? []);
  const plan = (profile as { claudePlan?: unknown } | null)?.claudePlan;
  return keepsDays === null || covered.length === 0 || plan !== 'team' ? null : { covered, keepsDays };
}
