import type { z } from 'zod';
import { typeWords } from '#domain/activity/type-words.ts';
import { alertCode } from '#domain/detections/alert-words.ts';
import { foldId, foldPlaces } from '#domain/detections/fold.ts';
import { toolTitle } from '#domain/detections/tool-titles.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { fieldWords } from '#domain/model/row-keys.ts';
import { holidayWords } from '#domain/text/holidays.ts';
import { activitiesNamed, activitiesOfPerson } from '#store/activity/read.ts';
import {
  type AlertStepRow,
  type AlertWithSpan,
  alertSteps,
  findAlert,
  findSilence,
} from '#store/detections/alerts.ts';
import { foldOfAlert } from '#store/detections/folds.ts';
import { matchesOf } from '#store/detections/matches.ts';
import { newestIncidentOf } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { alertSchema } from './contract.ts';
import { alertLine, detectionOf, guidanceOf } from './view.ts';

type View = z.infer<typeof alertSchema>;

/** Maximum events on a page; the rest is only counted. */
const MAX_EVENTS = 200;

const ACTS: Readonly<Record<string, string>> = {
  grew: 'More came, so it is open again',
  benign: 'Settled as benign',
  real: 'Settled as a true positive',
  follow_up: 'Needs follow-up',
  reopened: 'Opened again',
  silenced: 'Silenced alerts like it',
  merged: 'Turned out to be a part of another alert',
  withdrawn: 'Withdrawn: later events showed that the day was usual',
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  'actor.email': 'Account',
  'actor.name': 'Name',
  'actor.id': 'ID of the actor',
  'actor.type': 'Actor type',
  person: 'Person',
  ip: 'Address on the network',
  connector: 'Connector',
  connector_name: 'Connector',
  tool: 'Tool',
  effect: 'Effect',
  mcp_server_name: 'Connector',
  tool_name: 'Tool',
  max_permission: 'Permission',
};

/** An alert with everything needed to decide on it. */
export async function showAlert(context: HandlerContext, id: string): Promise<View> {
  const { client, services, now } = context;
  const { catalogue } = services;
  return context.read(async (tx) => {
    const row = await findAlert(tx, client.id, id);
    if (row === undefined) throw notFound();
    const detection = detectionOf(catalogue, row.detection);
    const steps = await alertSteps(tx, client.id, id);
    const silence = row.silence_id === null ? undefined : await findSilence(tx, client.id, row.silence_id);
    const { outlier } = row;
    return {
      ...(await alertLine(tx, catalogue, row)),
      group: await groupOf(tx, context, id),
      ...guidanceOf(detection),
      facts: Object.entries(row.sample).flatMap(([name, value]): [string, string][] =>
        // Do not repeat the account if it already identifies the person.
        value === null ||
        (name === 'actor.email' && value === row.sample.person) ||
        // The same for the connector's name.
        (name === 'connector' && typeof row.sample.connector_name === 'string')
          ? []
          : [[ownValue(FIELD_WORDS, name) ?? fieldWords(name.replaceAll('.', '_')), value]],
      ),
      numbers:
        outlier === null
          ? null
          : {
              count: outlier.count,
              limit: outlier.limit,
              // Hours are judged individually, so the first one is sufficient.
              bound: outlier.hours.length > 0 ? 'at_least' : 'above',
              holiday: outlier.holiday === true ? holidayWords(outlier.day) : null,
              usual: outlier.usual,
              people: outlier.people,
              days: outlier.days,
              against: outlier.against,
            },
      events: await eventsOf(tx, client.id, row, catalogue),
      mergedInto: row.merged_into,
      incident: await incidentFrom(tx, context, id),
      settled:
        row.settled_at === null
          ? null
          : { by: row.settled_by_name ?? 'Someone', at: row.settled_at.toISOString() },
      silence:
        silence === undefined ? null : { id: silence.id, until: silence.until_day, reason: silence.reason },
      steps: [
        {
          at: row.raised_at.toISOString(),
          act: 'raised',
          words: `${alertCode(row.number)} was raised`,
          note: null,
          by: null,
        },
        ...steps.map(stepView),
      ],
      today: present(now, client.timezone).today,
      may: { decide: context.can('alerts.decide') },
    };
  });
}

async function groupOf(tx: Tx, { client, services }: HandlerContext, id: string): Promise<View['group']> {
  const { detection, subject, alerts } = await foldOfAlert(
    tx,
    client.id,
    id,
    foldPlaces(services.catalogue.detections),
  );
  return { id: foldId(detection, subject), alerts };
}

async function incidentFrom(tx: Tx, context: HandlerContext, id: string): Promise<View['incident']> {
  if (!context.can('incidents.read')) return null;
  const found = await newestIncidentOf(tx, context.client.id, 'alert', id);
  return found === undefined
    ? null
    : { id: found.id, code: incidentCode(found.number, found.drill), open: found.state === 'open' };
}

function stepView(step: AlertStepRow): View['steps'][number] {
  return {
    at: step.done_at.toISOString(),
    act: step.act,
    words: ownValue(ACTS, step.act) ?? step.act,
    // The note of a merged alert is the id of the other one, which the page links to.
    note: step.act === 'merged' ? null : step.note,
    by: step.done_by_name,
  };
}

async function eventsOf(
  tx: Tx,
  clientId: string,
  row: AlertWithSpan,
  catalogue: Catalogue,
): Promise<View['events']> {
  // An alert without a single causing event is about the person's activity in the period.
  const person = row.outlier?.person ?? (row.first_activity === null ? row.sample.person : null);
  const activities =
    typeof person !== 'string'
      ? await activitiesNamed(tx, clientId, await matchesOf(tx, clientId, row, MAX_EVENTS))
      : await activitiesOfPerson(tx, clientId, person, row.first_at, row.last_at, MAX_EVENTS);
  return activities.map((one) => ({
    id: one.id,
    at: one.at,
    type: one.type,
    person: one.person,
    connector: one.connectorName ?? one.connector,
    connectorId: one.connector,
    tool: one.tool,
    title:
      toolTitle(one.connectorName ?? one.connector, one.tool, catalogue) ??
      (one.tool === null ? typeWords(one.type) : null),
    effect: one.effect,
    outcome: one.outcome,
    source: one.source,
  }));
}
