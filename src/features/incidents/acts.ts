import { incidentCode } from '#domain/incidents/words.ts';
import { addAct, changeIncident, findIncident, type IncidentRow } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { resolveOwner } from '../owners/index.ts';
import { namesHere } from '../people/index.ts';
import { badRequest, forbidden, notFound } from '../problems.ts';
import { isAbout } from './about-person.ts';
import { collect, putCollected } from './collect.ts';
import { announce, editConflict, openIncident } from './read.ts';
import { showIncident } from './show.ts';

interface Which {
  readonly incident: string;
  readonly version: number;
}

/** Adds an act to the timeline, in the same transaction as the act. */
export async function act(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  incident: string,
  what: { readonly act: string; readonly step?: string; readonly note?: string | null },
): Promise<void> {
  await addAct(tx, {
    client_id: client.id,
    incident_id: incident,
    act: what.act,
    step: what.step ?? null,
    note: what.note ?? null,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}

export function subjectOf(row: Pick<IncidentRow, 'id' | 'number' | 'drill'>) {
  return { kind: 'incident', id: row.id, name: incidentCode(row.number, row.drill) };
}

export async function addNote(
  context: HandlerContext,
  input: { readonly incident: string; readonly note: string },
) {
  await context.change(async (tx, recorder) => {
    const row = await findIncident(tx, context.client.id, input.incident);
    if (row === undefined) throw notFound();
    await act(tx, context, row.id, { act: 'note', note: input.note });
    await recorder.record({ subject: subjectOf(row), after: { note: true } });
  });
  announce(context, input.incident);
  return showIncident(context, input.incident);
}

interface Edit extends Which {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly severity?: string | undefined;
  readonly lead?: string | null | undefined;
  readonly person?: string | null | undefined;
  readonly connector?: string | null | undefined;
  readonly fileName?: string | null | undefined;
  readonly pattern?: string | null | undefined;
  readonly device?: string | null | undefined;
  readonly session?: string | null | undefined;
  readonly data?: readonly string[] | undefined;
  readonly happened?: string | null | undefined;
}

/** Changes what the incident is about. Fields left out stay as they are. */
export async function editIncident(context: HandlerContext, input: Edit) {
  const { client, services } = context;
  const lead = input.lead === undefined ? undefined : await resolveOwner(services, client.id, input.lead);
  if (lead === null) throw badRequest('Name who leads it.');
  const names = await namesHere(context);
  await context.change(async (tx, recorder) => {
    const row = await openIncident(tx, context, input.incident, input.version);
    // A different device may show a block that the former one never had.
    const subject = input.person !== undefined || input.device !== undefined;
    if (subject && isAbout(names, context.actor.userId, row))
      throw forbidden(
        'The incident is about you. Someone else has to change whom or which device it is about.',
      );
    const happened = input.happened == null ? input.happened : new Date(input.happened);
    if (happened != null && happened > row.noticed_at)
      throw badRequest('It cannot have been noticed before it happened.');
    const next = {
      title: input.title ?? row.title,
      summary: input.summary ?? row.summary,
      severity: input.severity ?? row.severity,
      person: input.person === undefined ? row.person : blank(input.person),
      connector: input.connector === undefined ? row.connector : blank(input.connector),
      file_name: input.fileName === undefined ? row.file_name : blank(input.fileName),
      pattern: input.pattern === undefined ? row.pattern : blank(input.pattern),
      device: input.device === undefined ? row.device : blank(input.device),
      session: input.session === undefined ? row.session : blank(input.session),
      data: JSON.stringify(input.data ?? row.data),
      happened_at: happened === undefined ? row.happened_at : happened,
      owner_user: lead === undefined ? row.owner_user : lead.user,
      owner_name: lead === undefined ? row.owner_name : lead.name,
      owner_mail: lead === undefined ? row.owner_mail : lead.mail,
    };
    const changed = await changeIncident(tx, client.id, row.id, input.version, next);
    if (changed === null) throw editConflict(row);
    const led = changed.owner_name !== row.owner_name;
    await act(tx, context, row.id, { act: led ? 'lead' : 'edited', note: led ? changed.owner_name : null });
    await recorder.record({ subject: subjectOf(row), before: aboutOf(row), after: aboutOf(changed) });
  });
  announce(context, input.incident);
  return showIncident(context, input.incident);
}

/** Collects the evidence that Bylaw holds again; what was collected earlier is kept. */
export async function collectAgain(context: HandlerContext, input: { readonly incident: string }) {
  const row = await context.read((tx) => openIncident(tx, context, input.incident));
  const created = await collect(context, row);
  await context.change(async (tx, recorder) => {
    await openIncident(tx, context, input.incident);
    await putCollected(tx, context, created);
    await act(tx, context, row.id, { act: 'collected' });
    await recorder.record({
      subject: subjectOf(row),
      after: { evidence: created.rows.flatMap(({ sha256 }) => sha256 ?? []) },
    });
  });
  announce(context, input.incident);
  return showIncident(context, input.incident);
}

/** What the audit log records about the subject of an incident. */
function aboutOf(row: IncidentRow) {
  return {
    title: row.title,
    severity: row.severity,
    person: row.person,
    connector: row.connector,
    fileName: row.file_name,
    pattern: row.pattern,
    device: row.device,
    data: row.data,
    session: row.session,
    happened: row.happened_at?.toISOString() ?? null,
    lead: row.owner_name,
  };
}

function blank(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}
