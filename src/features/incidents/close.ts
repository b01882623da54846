import { z } from 'zod';
import { gapWords, incidentCode } from '#domain/incidents/words.ts';
import { pageOf } from '#store/audit/read.ts';
import { allDrafts } from '#store/charter/drafts.ts';
import {
  actsOf,
  changeIncident,
  findIncident,
  forgetProofs,
  type IncidentRow,
} from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import { reopenWithIncident, settleWithIncident } from '../alerts/index.ts';
import type { HandlerContext } from '../context.ts';
import { ownNames } from '../detections/index.ts';
import { forbidden, notFound, unprocessable } from '../problems.ts';
import { accountsOf, isNamed } from '../shared/second-person.ts';
import { whyNotClose } from './about-person.ts';
import { act, subjectOf } from './acts.ts';
import { keepProofs } from './keep.ts';
import { findPermissions } from './permissions/find-permissions.ts';
import { proofsOf, wordOf } from './proof.ts';
import { announce, editConflict, openIncident, rowsOf, stepsNow } from './read.ts';
import type { OUTCOMES } from './schemas.ts';
import { showIncident } from './show.ts';
import { sessionWrites } from './writes.ts';

/** Records of one incident that are looked through for who led it. */
const MAX_RECORDS = 2_000;
const lead = z.looseObject({ lead: z.string().nullish() }).nullish();
const led = z.looseObject({ before: lead, after: lead });

interface Close {
  readonly incident: string;
  readonly version: number;
  readonly as: (typeof OUTCOMES)[number];
  readonly reason: string;
}

/**
 * Closes an incident: as resolved only if every step is settled and every containment is proved now; as a false alarm
 * only by someone who neither opened nor ever led it. The person it is about can never close it. The alert that it was
 * opened from is settled with it.
 */
export async function closeIncident(context: HandlerContext, input: Close) {
  const { client, actor, now, services } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const { row, rows, acts, writes, drafts } = await context.read(async (tx) => {
    const found = await openIncident(tx, context, input.incident, input.version);
    return {
      row: found,
      rows: await rowsOf(tx, context, input.incident),
      acts: await actsOf(tx, client.id, input.incident),
      writes: await sessionWrites(tx, client.id, found),
      drafts: new Map((await allDrafts(tx, client.id)).map((draft) => [draft.id, draft])),
    };
  });
  const why = await whyNotClose(context, row);
  if (why !== null) throw forbidden(why);
  if (input.as === 'false_alarm') {
    // Those who handed over the lead had a part in it as well.
    const handedOn = acts.flatMap((one) => (one.act === 'lead' ? [one.done_by] : []));
    const hands = [row.opened_by, ...(row.owner_user === null ? [] : [row.owner_user]), ...handedOn];
    const accounts = await accountsOf(services);
    const second = accounts.whyNotSecond(actor.userId, hands, 'You opened or lead this incident');
    if (second !== null) throw forbidden(second);
    const leads = await context.read((tx) => leadsOf(tx, client.id, row.id));
    if (leads.some((one) => isNamed(accounts, actor.userId, one)))
      throw forbidden('You led this incident. Someone else has to decide.');
  }
  const permissions = await findPermissions(context, row, rows);
  const steps = stepsNow(row, rows, await proofsOf(context, row, rows, permissions), writes);
  const missing = steps.filter(({ settled }) => !settled);
  const [first] = missing;
  if (input.as === 'resolved' && first !== undefined) {
    const [gap] = first.gaps;
    throw unprocessable(
      `It cannot be closed: ${missing.length} of ${steps.length} steps are still open. “${first.step.title}”: ${gap === undefined ? 'not settled' : gapWords(gap, first.step)}.`,
    );
  }
  const own = await ownNames(context);
  await context.change(async (tx, recorder) => {
    await openIncident(tx, context, input.incident, input.version);
    const settled =
      row.drill || row.origin !== 'alert' || row.origin_id === null
        ? null
        : await settleWithIncident(tx, context, {
            alert: row.origin_id,
            as: settlementOf(input.as),
            note: `${incidentCode(row.number, row.drill)} was closed: ${input.reason}`,
            own,
          });
    // A step changed in the meantime has changed the incident's version, too.
    const changed = await changeIncident(tx, client.id, row.id, input.version, {
      state: 'closed',
      outcome: input.as,
      closing: input.reason,
      closed_by: actor.userId,
      closed_by_name: actor.name,
      closed_at: now,
    });
    if (changed === null) throw editConflict(row);
    await keepProofs(tx, context, { row, steps, permissions, drafts });
    await act(tx, context, row.id, { act: input.as, note: input.reason });
    await recorder.record({
      subject: subjectOf(row),
      reason: input.reason,
      before: { state: 'open' },
      after: {
        state: 'closed',
        as: input.as,
        ...(settled === null ? {} : { settled }),
        steps: steps.map(({ step, row: kept, proof }) => ({
          step: step.id,
          state: kept.state,
          ...(proof === null ? {} : { proof: proof.state, shownBy: proof.words, word: wordOf(proof, kept) }),
        })),
      },
    });
    if (!row.drill) await recorder.facts();
  });
  announceBoth(context, row);
  return showIncident(context, input.incident);
}

/** Announces the change of the incident and of the alert that it was opened from, to open pages and to forwarding. */
function announceBoth(context: HandlerContext, { id, origin, origin_id }: IncidentRow): void {
  const { client, services } = context;
  announce(context, id);
  if (origin !== 'alert') return;
  services.events.publish({ client: client.id, topic: 'alerts', id: origin_id });
  services.forwarding.wake(client.id);
}

/** How an alert is settled together with the incident opened from it. */
const settlementOf = (outcome: string | null) => (outcome === 'false_alarm' ? 'benign' : 'real');

/** Names of everyone who ever led it, including those from whom the lead was taken. */
async function leadsOf(tx: Tx, clientId: string, incident: string): Promise<readonly string[]> {
  const changes = await pageOf(
    tx,
    clientId,
    { action: 'incidents', subjectKind: 'incident', subjectId: incident },
    { limit: MAX_RECORDS },
  );
  return changes.flatMap(({ body }) => {
    const { before, after } = led.parse(JSON.parse(body));
    return [before?.lead, after?.lead].filter((one) => one != null);
  });
}

/** Reopens a closed incident and the alert that was settled with it; nothing recorded is lost. */
export async function reopenIncident(
  context: HandlerContext,
  input: { readonly incident: string; readonly version: number; readonly reason: string },
) {
  const { client } = context;
  const reopened = await context.change(async (tx, recorder) => {
    const row = await findIncident(tx, client.id, input.incident);
    if (row === undefined) throw notFound();
    if (row.version !== input.version) throw editConflict(row);
    if (row.state === 'open') throw unprocessable('This incident is already open.');
    const alert =
      row.drill || row.origin !== 'alert' || row.origin_id === null || row.closed_at === null
        ? null
        : await reopenWithIncident(tx, context, {
            alert: row.origin_id,
            as: settlementOf(row.outcome),
            settledAt: row.closed_at,
            note: `${incidentCode(row.number, row.drill)} was opened again: ${input.reason}`,
          });
    const changed = await changeIncident(tx, client.id, row.id, input.version, {
      state: 'open',
      outcome: null,
      closing: null,
      closed_by: null,
      closed_by_name: null,
      closed_at: null,
    });
    if (changed === null) throw editConflict(row);
    // The basis of the closing stays on the timeline; from now on the newest readings decide.
    await forgetProofs(tx, client.id, row.id);
    await act(tx, context, row.id, { act: 'reopened', note: input.reason });
    await recorder.record({
      subject: subjectOf(row),
      reason: input.reason,
      before: { state: 'closed', as: row.outcome },
      after: { state: 'open', ...(alert === null ? {} : { reopened: alert }) },
    });
    if (!row.drill) await recorder.facts();
    return row;
  });
  announceBoth(context, reopened);
  return showIncident(context, input.incident);
}
