import type { z } from 'zod';
import { alertCode } from '#domain/detections/alert-words.ts';
import { ACT_WORDS, gapWords, REPORT_REMOVED } from '#domain/incidents/words.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { count, longDay } from '#domain/text/words.ts';
import { toolInputs } from '#store/activity/texts.ts';
import { allDrafts } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { findAlert } from '#store/detections/alerts.ts';
import { allEvidence } from '#store/evidence/evidence.ts';
import {
  actsOf,
  findIncident,
  type IncidentEvidenceRow,
  type IncidentRow,
  incidentEvidence,
} from '#store/incidents/incidents.ts';
import { findStaffReport } from '#store/staff/reports.ts';
import { wholeCharter } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { peopleNowWith } from '../owners/index.ts';
import { clausesCalled } from '../policy/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { concernWords } from '../shared/words.ts';
import { shownStamps } from '../time-stamps/index.ts';
import { whyNotClose } from './about-person.ts';
import { anthropicText } from './anthropic.ts';
import { findMeans } from './blocking/find-means.ts';
import { callView } from './call-view.ts';
import { activitiesAround } from './collect.ts';
import { containmentsOf, type Line, linesOfChange } from './containment.ts';
import { lineOf } from './list.ts';
import { findPermissions } from './permissions/find-permissions.ts';
import { linesOfPermissions } from './permissions/lines.ts';
import { playbookHash } from './playbook-hash.ts';
import { playbooksOf } from './playbooks.ts';
import { proofsOf } from './proof.ts';
import { rowsOf, stepsNow } from './read.ts';
import { INCIDENT_REPORT, reportName } from './report/kind.ts';
import type { evidenceShown, incidentSchema, ORIGINS } from './schemas.ts';
import { mayReadConfidential, stepView } from './step-view.ts';
import { sessionWrites } from './writes.ts';

export type IncidentView = z.infer<typeof incidentSchema>;

/** Maximum number of calls that a page shows; the collected file has more. */
const MAX_CALLS = 200;

/** One incident with everything that the person leading it needs. */
export async function showIncident(context: HandlerContext, id: string): Promise<IncidentView> {
  const { services, client, now, can } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const {
    row,
    rows,
    acts,
    changes,
    evidence,
    around,
    inputs,
    writes,
    files,
    alert,
    reportGone,
    drafts,
    charter,
    stamps,
    clauses,
  } = await context.read(async (tx) => {
    const found = await findIncident(tx, client.id, id);
    if (found === undefined) throw notFound();
    const around = (await activitiesAround(tx, client.id, found)) ?? [];
    return {
      row: found,
      rows: await rowsOf(tx, context, id),
      acts: await actsOf(tx, client.id, id),
      changes: await containmentsOf(tx, found),
      evidence: await incidentEvidence(tx, client.id, id),
      around,
      inputs: await toolInputs(tx, client.id, around.slice(0, MAX_CALLS)),
      writes: await sessionWrites(tx, client.id, found, around),
      files: await allEvidence(tx, client.id),
      alert:
        found.origin === 'alert' && found.origin_id !== null
          ? await findAlert(tx, client.id, found.origin_id)
          : undefined,
      reportGone:
        found.origin === 'staff' &&
        found.origin_id !== null &&
        (await findStaffReport(tx, client.id, found.origin_id)) === undefined,
      drafts: await allDrafts(tx, client.id),
      charter: await newestCharter(tx, client.id),
      stamps: await shownStamps(tx, client.id),
      clauses: await clausesCalled(tx, context, found.plan.clauses ?? []),
    };
  });
  const able = await peopleNowWith(services, client.id, 'incidents.read');
  const access = new Set(able.map((one) => one.id));
  const names = new Map(files.map((one) => [one.sha256, one.name]));
  const permissions = await findPermissions(context, row, rows, around);
  const steps = stepsNow(row, rows, await proofsOf(context, row, rows, permissions), writes);
  const draftOf = new Map(drafts.map((draft) => [draft.id, draft]));
  const sees = mayReadConfidential(context, row);
  const wanted = row.plan.steps.flatMap(({ how }) => how.flatMap(({ needs }) => needs ?? []));
  const means =
    wanted.length === 0
      ? {}
      : ((await services.verdicts.run(client.id, 'incidentMeans', [...new Set(wanted)]))?.result ?? {});
  const open = row.state === 'open';
  const blocking =
    open && row.plan.steps.some(({ shows }) => shows === 'blocking_means')
      ? await findMeans(context, row)
      : null;
  const why = await whyNotClose(context, row);
  const contacts = charter === null ? [] : [...(wholeCharter(charter).incidentPlan?.contacts ?? [])];
  const latest = (await playbooksOf(context)).find(({ playbook }) => playbook.id === row.playbook)?.playbook;
  return {
    ...lineOf(row, rows, access, now),
    summary: row.summary,
    session: row.session,
    happened: row.happened_at?.toISOString() ?? null,
    playbook: {
      id: row.playbook,
      story: row.plan.story,
      about: [...row.plan.about],
      decides: concernWords(row.plan.decides),
      contacts,
      revised: row.playbook_revised,
      sha256: row.playbook_sha256,
      changed: latest === undefined || playbookHash(latest) !== row.playbook_sha256,
      sources: [...row.plan.sources],
    },
    clauses,
    origin: {
      kind: row.origin as (typeof ORIGINS)[number],
      id: row.origin_id,
      code: alert === undefined ? null : alertCode(alert.number),
      gone: reportGone
        ? { at: acts.find((one) => one.act === REPORT_REMOVED)?.done_at.toISOString() ?? null }
        : null,
    },
    plan: steps.map((one) =>
      stepView(one, {
        access,
        means,
        names,
        sees,
        now,
        open,
        drill: row.drill,
        person: row.drill ? null : row.person,
        noticed: row.noticed_at,
        calls: around,
        blocking,
        permissions,
        drafts: draftOf,
        timezone: client.timezone,
        facts: {
          client: client.name,
          noticed: longDay(present(row.noticed_at, client.timezone).today),
          contact: contacts[0] ?? row.owner_name,
        },
      }),
    ),
    wanted: row.plan.evidence.map(({ what, held, blind }) => ({
      what,
      held: held !== undefined,
      blind: blind ?? null,
    })),
    evidence: evidence.map((one) => evidenceView(one)),
    calls: can('activity.read')
      ? around.slice(0, MAX_CALLS).map((one) => callView(one, { inputs, steps }))
      : [],
    anthropic: row.plan.steps.some(({ kind }) => kind === 'report') ? anthropicText(row, around) : null,
    timeline: timelineOf(row, acts, [
      ...changes.flatMap(linesOfChange),
      ...linesOfPermissions(row, rows, permissions, draftOf),
    ]),
    records: files
      .filter(({ how, name }) => how === INCIDENT_REPORT && name.startsWith(`${reportName(row)}-`))
      .map(({ sha256, name, addedByName, addedAt }) => ({
        sha256,
        name,
        by: addedByName ?? 'Someone',
        at: addedAt.toISOString(),
        stamp: stamps.get(sha256) ?? null,
      })),
    closing: row.closing,
    gaps: open
      ? steps.flatMap(({ step, gaps }) => gaps.map((gap) => ({ ...gap, words: gapWords(gap, step) })))
      : [],
    people: can('incidents.lead') ? able.map(({ name, email }) => ({ name, email })) : [],
    drafts: drafts
      .filter(({ created_at, state }) => created_at >= row.opened_at || state === 'open')
      .map((draft) => ({ id: draft.id, title: draft.title })),
    may: {
      lead: can('incidents.lead'),
      close: open && can('incidents.close') && why === null,
      why: open && can('incidents.close') ? why : null,
    },
    now: now.toISOString(),
    version: row.version,
  };
}

function evidenceView(row: IncidentEvidenceRow): z.infer<typeof evidenceShown> {
  return {
    id: row.id,
    kind: row.kind as z.infer<typeof evidenceShown>['kind'],
    found: row.found as z.infer<typeof evidenceShown>['found'],
    words: evidenceWords(row),
    sha256: row.sha256,
    at: row.added_at.toISOString(),
    by: row.added_by_name,
  };
}

function evidenceWords({ kind, found, rows, whole, detail }: IncidentEvidenceRow): string {
  switch (kind) {
    case 'activities':
      if (found === 'not_read') return 'Activities: the log was not read for this time, or no one is named';
      if (found === 'none') return 'Activities: the log has none in this time';
      return `${count(rows ?? 0, 'activity', 'activities')} around that time${whole === false ? '; more were left out' : ''}`;
    case 'charter':
      return found === 'none'
        ? 'Charter: none was in force'
        : `Charter version ${detail ?? ''}, in force at the time`;
    case 'alert':
      return `Alert ${detail ?? ''} as it was`;
    default:
      return found === 'none' ? 'Files: none was current then' : (detail ?? 'File');
  }
}

function timelineOf(
  row: IncidentRow,
  acts: Awaited<ReturnType<typeof actsOf>>,
  more: readonly Line[],
): IncidentView['timeline'] {
  const titles = new Map(row.plan.steps.map(({ id, title }) => [id, title]));
  const before: IncidentView['timeline'] = [
    ...(row.happened_at === null
      ? []
      : [{ at: row.happened_at.toISOString(), act: 'happened', words: 'It happened', note: null, by: null }]),
    { at: row.noticed_at.toISOString(), act: 'noticed', words: 'It was noticed', note: null, by: null },
  ];
  const since = [
    ...acts.map((one) => {
      const title = one.step === null ? undefined : titles.get(one.step);
      const words = ownValue(ACT_WORDS, one.act) ?? one.act;
      return {
        at: one.done_at.toISOString(),
        act: one.act,
        words: title === undefined ? words : `${words}: ${title}`,
        note: one.note,
        by: one.done_by_name,
      };
    }),
    ...more.map((line) => ({ ...line, words: ownValue(ACT_WORDS, line.act) ?? line.act })),
  ];
  return [...before, ...since.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))];
}
// Guide: G7.2-03 G7.2-06 G7.2-11 G7.2-18
