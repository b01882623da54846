import { randomUUID } from 'node:crypto';
import { dueAt } from '#domain/incidents/clock.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import type { PlaybookStep } from '#domain/model/playbook.ts';
import { address } from '#domain/people/names.ts';
import {
  addAct,
  type IncidentRow,
  insertIncident,
  insertSteps,
  nextNumber,
  openIncidentOf,
} from '#store/incidents/incidents.ts';
import { findStaffReport } from '#store/staff/reports.ts';
import type { HandlerContext } from '../context.ts';
import { loadDrift } from '../drift/index.ts';
import { showMicrosoftConnector } from '../microsoft-connector/index.ts';
import { resolveOwner } from '../owners/index.ts';
import { registerNow } from '../personal-accounts/index.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { collect, putCollected } from './collect.ts';
import { fromDefender } from './from-defender.ts';
import { playbookHash } from './playbook-hash.ts';
import { playbooksOf } from './playbooks.ts';
import { announce } from './read.ts';
import type { ORIGINS } from './schemas.ts';
import type { FoundSecret } from './secrets.ts';
import { showIncident } from './show.ts';
import { fromAlert } from './types.ts';

interface Open {
  readonly type: string;
  readonly title: string;
  readonly summary: string;
  readonly person?: string | null | undefined;
  readonly connector?: string | null | undefined;
  readonly fileName?: string | null | undefined;
  readonly pattern?: string | null | undefined;
  readonly device?: string | null | undefined;
  readonly session?: string | null | undefined;
  readonly data?: readonly string[] | undefined;
  readonly happened?: string | null | undefined;
  readonly noticed?: string | undefined;
  readonly lead?: string | null | undefined;
  readonly drill: boolean;
  readonly origin: (typeof ORIGINS)[number];
  readonly originId?: string | undefined;
}

/** Earliest year accepted; Claude did not exist before it. */
const FIRST_YEAR = 2020;

/** Another incident took the number in the meantime; nothing was stored. */
class NumberTaken extends Error {}

/** Opens an incident: copies the current playbook, starts its clocks, and collects the evidence that Bylaw holds. */
export async function openIncidentNow(context: HandlerContext, input: Open) {
  for (;;)
    try {
      return await openNext(context, input);
    } catch (error) {
      // Evidence files are named by the incident's number, so collect again under the next one.
      if (!(error instanceof NumberTaken)) throw error;
    }
}

async function openNext(context: HandlerContext, input: Open) {
  const { services, client, actor, now } = context;
  const plan = (await playbooksOf(context)).find(({ playbook }) => playbook.id === input.type)?.playbook;
  if (plan === undefined)
    throw badRequest(`There is no type of incident “${input.type}”. Choose one from the list.`);
  const noticed = input.noticed === undefined ? now : new Date(input.noticed);
  if (noticed > now) throw badRequest('An incident cannot have been noticed in the future.');
  const happened = input.happened == null ? null : new Date(input.happened);
  if (happened !== null && happened > noticed)
    throw badRequest('It cannot have been noticed before it happened.');
  // A two-digit year, typed into a date field, is a year of the first century.
  const year = (happened ?? noticed).getUTCFullYear();
  if (year < FIRST_YEAR) throw badRequest(`The year ${year} is long before Claude. Check the year.`);
  const drill = input.drill || client.sandbox;
  const originId = await originOf(context, input);
  const [secret] =
    input.origin === 'alert' && originId !== null ? (await fromAlert(context, originId)).secrets : [];
  const lead =
    input.lead === undefined
      ? { user: actor.userId, name: actor.name, mail: actor.email }
      : await resolveOwner(services, client.id, input.lead);
  if (lead === null) throw badRequest('Name who leads it.');
  const row: IncidentRow = {
    client_id: client.id,
    id: randomUUID(),
    number: await context.read((tx) => nextNumber(tx, client.id)),
    playbook: plan.id,
    playbook_revised: plan.revised,
    playbook_sha256: playbookHash(plan),
    plan,
    title: input.title,
    summary: input.summary,
    severity: plan.severity,
    drill,
    origin: input.origin,
    origin_id: originId,
    person: blank(input.person),
    connector: blank(input.connector),
    file_name: blank(input.fileName),
    pattern: blank(input.pattern),
    device: blank(input.device),
    data: [...(input.data ?? [])],
    session: blank(input.session),
    happened_at: happened,
    noticed_at: noticed,
    state: 'open',
    owner_user: lead.user,
    owner_name: lead.name,
    owner_mail: lead.mail,
    opened_by: actor.userId,
    opened_by_name: actor.name,
    opened_at: now,
    outcome: null,
    closing: null,
    closed_by: null,
    closed_by_name: null,
    closed_at: null,
    version: 1,
  };
  const collected = await collect(context, row);
  await context.change(async (tx, recorder) => {
    // Serialized, so that two people opening at once get different numbers or, for the same origin, one incident.
    await tx.selectFrom('clients').select('id').where('id', '=', client.id).forUpdate().execute();
    if ((await nextNumber(tx, client.id)) !== row.number) throw new NumberTaken();
    if (!drill && originId !== null) {
      const there = await openIncidentOf(tx, client.id, input.origin, originId);
      if (there !== undefined)
        throw conflict(`${incidentCode(there.number, there.drill)} was already opened for this.`, {
          by: there.opened_by_name,
          at: there.opened_at,
          version: there.version,
        });
    }
    await insertIncident(tx, { ...row, plan: JSON.stringify(plan), data: JSON.stringify(row.data) });
    await insertSteps(
      tx,
      plan.steps.map((step) => ({
        client_id: client.id,
        incident_id: row.id,
        step: step.id,
        state: 'open',
        due_at: dueAt(noticed, step.within),
        answers: JSON.stringify(secret === undefined ? {} : known(step, secret)),
        entries: '[]',
        is_none: false,
        files: '[]',
        lessons: '[]',
      })),
    );
    await addAct(tx, {
      client_id: client.id,
      incident_id: row.id,
      act: drill ? 'drill_opened' : 'opened',
      note: null,
      done_by: actor.userId,
      done_by_name: actor.name,
      done_at: now,
    });
    await putCollected(tx, context, collected);
    await recorder.record({
      subject: { kind: 'incident', id: row.id, name: incidentCode(row.number, drill) },
      before: null,
      after: {
        type: plan.id,
        playbook: row.playbook_sha256,
        title: row.title,
        severity: row.severity,
        data: row.data,
        drill,
        origin: row.origin,
        lead: lead.name,
        evidence: collected.rows.flatMap(({ sha256 }) => sha256 ?? []),
      },
    });
    if (!drill) await recorder.facts();
  });
  announce(context, row.id);
  if (row.origin === 'staff') services.events.publish({ client: client.id, topic: 'staff', id: originId });
  return showIncident(context, row.id);
}

/** Answers that a content check can prefill: the fingerprint of the exposed credential. */
const known = ({ fields }: PlaybookStep, { fingerprint }: FoundSecret) =>
  fields.some(({ id, kind }) => id === EXPOSED && kind === 'fingerprint') ? { [EXPOSED]: fingerprint } : {};
const EXPOSED = 'old';

/** Checks that what the incident is opened from exists. */
async function originOf(context: HandlerContext, { origin, originId }: Open): Promise<string | null> {
  if (origin === 'hand') return null;
  if (originId === undefined)
    throw badRequest(
      'Say which alert, report, difference from the charter, personal account or permission the incident is made of.',
    );
  if (origin === 'alert') {
    await fromAlert(context, originId);
    return originId;
  }
  if (origin === 'defender') {
    await fromDefender(context, originId);
    return originId;
  }
  if (origin === 'staff') {
    const report = await context.read((tx) => findStaffReport(tx, context.client.id, originId));
    if (report === undefined) throw notFound();
    if (report.closed_at !== null)
      throw unprocessable('The report was closed, so no incident can be opened from it.');
    return originId;
  }
  if (origin === 'register') {
    const key = address(originId);
    const { entries } = await registerNow(context, context.client);
    if (!context.can('people.read') || !entries.some((entry) => entry.key === key)) throw notFound();
    return key;
  }
  if (origin === 'grant') {
    const people = context.can('charter.read') ? (await showMicrosoftConnector(context, {})).people : null;
    if (people === null || !people.list.some(({ key }) => key === originId)) throw notFound();
    return originId;
  }
  const drift = await loadDrift(context);
  if (!drift.reading.deviations.some(({ key }) => key === originId))
    throw unprocessable('The charter and what was observed no longer differ there.');
  return originId;
}

function blank(text: string | null | undefined): string | null {
  return text == null || text.trim() === '' ? null : text.trim();
}
// Guide: G7.2-00 G7.2-01 G7.2-05 G7.2-09 G7.2-13 G7.2-17
