import { OWN_STEP_WHO } from '#domain/incidents/own-type.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import { SEVERITIES } from '#domain/model/verdict.ts';
import { findAlert } from '#store/detections/alerts.ts';
import { openIncidentOf } from '#store/incidents/incidents.ts';
import { alertLine } from '../alerts/index.ts';
import type { HandlerContext } from '../context.ts';
import { peopleNowWith } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { concernWords } from '../shared/words.ts';
import { fromDefender } from './from-defender.ts';
import { fromReport } from './from-report.ts';
import { playbooksOf } from './playbooks.ts';
import { secretsOf, secretWords } from './secrets.ts';
import { checkOf, fileOf, patternOf } from './upload.ts';

/** The guide row that covers promoting an alert of data loss prevention to an incident. */
const UPLOAD = 'G7.2-09';

/** The types of incident; if an alert is given, with what it says, and the types that fit it first. */
export async function incidentTypes(
  context: HandlerContext,
  {
    alert,
    report,
    defender,
  }: {
    readonly alert?: string | undefined;
    readonly report?: string | undefined;
    readonly defender?: string | undefined;
  },
) {
  const { services, client, can } = context;
  const from = alert === undefined ? null : await fromAlert(context, alert);
  const ofDefender = defender === undefined ? null : await fromDefender(context, defender);
  const able = can('incidents.lead') ? await peopleNowWith(services, client.id, 'incidents.lead') : [];
  const types = (await playbooksOf(context))
    .map(({ playbook: one, own }) => ({
      id: one.id,
      title: one.title,
      story: one.story,
      criteria: [...one.criteria],
      severity: one.severity,
      about: [...one.about],
      revised: one.revised,
      steps: one.steps.length,
      guide: one.guideRows.some((row) => row.startsWith('G7.2-')),
      proposed:
        (from !== null && one.proposedFor.includes(from.detection)) ||
        (ofDefender?.alert.kind === 'dlp' && one.guideRows.includes(UPLOAD)),
      own: own === null ? null : { type: own.value, version: own.version },
    }))
    .sort(
      (a, b) =>
        Number(b.proposed) - Number(a.proposed) ||
        Number(b.guide) - Number(a.guide) ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        a.title.localeCompare(b.title),
    );
  return {
    types,
    from: from?.says ?? ofDefender?.says ?? (report === undefined ? null : await fromReport(context, report)),
    who: OWN_STEP_WHO.map((id) => ({ id, words: concernWords(id) })),
    people: able.map(({ name, email }) => ({ name, email })),
    sandbox: client.sandbox,
  };
}

/** What an alert says about the incident opened from it. */
export async function fromAlert(context: HandlerContext, id: string) {
  const { client, services, read } = context;
  return read(async (tx) => {
    const row = await findAlert(tx, client.id, id);
    if (row === undefined) throw notFound();
    const line = await alertLine(tx, services.catalogue, row);
    const already = await openIncidentOf(tx, client.id, 'alert', row.id);
    const check = await checkOf(tx, context, row.sample.reference);
    const secrets = await secretsOf(tx, context, check);
    return {
      detection: row.detection,
      secrets,
      says: {
        title: line.title,
        summary: [line.words, ...secretWords(context, secrets)].join('\n'),
        person: row.outlier?.person ?? row.sample.person ?? row.sample['actor.email'] ?? null,
        connector: row.sample.connector_name ?? row.sample.connector ?? null,
        fileName: fileOf(check),
        pattern: await patternOf(tx, context, check),
        // No content check receives a device name; a proxy reports its address.
        device: check?.activity?.ip ?? null,
        session: row.sample.session ?? null,
        happened: line.first,
        already:
          already === undefined
            ? null
            : { id: already.id, code: incidentCode(already.number, already.drill) },
      },
    };
  });
}
