import { alertLevel, OPEN_ALERT_STATES } from '#domain/detections/alert-words.ts';
import type { ClientContext } from '#domain/detections/enrich.ts';
import { historyOf, numberOf } from '#domain/detections/pack.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import { addDays } from '#domain/model/day.ts';
import { shortId } from '#domain/text/words.ts';
import { countAlerts, detectionSettings, type SettingRow, silencesOn } from '#store/detections/alerts.ts';
import { activePeople, firstPersonDay } from '#store/detections/days.ts';
import { detectionProposals, type ProposalRow } from '#store/detections/proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import { hourCounts, lastDays } from './absences.ts';
import { contextOf } from './client-detections.ts';
import { sourceStates } from './source-states.ts';
import { GATEWAY_DAYS, type WorksBy, worksFor } from './works.ts';

/** Days within which an event makes a person active. */
const ACTIVE_DAYS = 28;

export interface Status extends Omit<WorksBy, 'history'> {
  readonly settings: readonly SettingRow[];
  readonly proposals: readonly ProposalRow[];
  /** Why the current user may not approve a proposal; null if they may. */
  readonly whyNotApprove: (proposal: ProposalRow) => string | null;
  readonly numbers: Awaited<ReturnType<typeof countAlerts>>;
}

/** Why someone does not qualify as the second person for a proposed change of a detection; null if they do. */
export function whyNotApprove(
  { actor, can }: Pick<HandlerContext, 'actor' | 'can'>,
  accounts: Accounts,
  { proposed_by }: ProposalRow,
): string | null {
  if (!can('detections.edit')) return 'Your role does not change detections.';
  return accounts.whyNotSecond(actor.userId, [proposed_by], 'You proposed this change');
}

/** Loads what determines the status of a client's detections. */
export async function statusOf(
  context: HandlerContext,
  tx: Tx,
  facts: ClientContext,
  accounts: Accounts,
): Promise<Status> {
  const { client, now } = context;
  const { today } = present(now, client.timezone);
  const states = await sourceStates(context.services.sources, tx, client, now);
  return {
    at: { now: now.toISOString(), today },
    context: facts,
    settings: await detectionSettings(tx, client.id),
    proposals: await detectionProposals(tx, client.id),
    whyNotApprove: (proposal) => whyNotApprove(context, accounts, proposal),
    states,
    gateway:
      states.gateway.can === 'no'
        ? null
        : await hourCounts(tx, client.id, lastDays(now, GATEWAY_DAYS), 'gateway'),
    first: await firstPersonDay(tx, client.id),
    people: await activePeople(tx, client.id, addDays(today, -ACTIVE_DAYS)),
    numbers: await countAlerts(tx, client.id),
  };
}

export async function clientContext({ services, client }: HandlerContext): Promise<ClientContext> {
  const facts = await contextOf(services, client.id);
  if (facts === null) throw notFound();
  return facts;
}

/** The detections that can raise alerts, ordered by id. */
export function alerting(detections: readonly Detection[]): readonly Detection[] {
  return detections.filter(({ bylaw }) => bylaw.alerts);
}

export async function listDetections(context: HandlerContext) {
  const { client, services, now, can } = context;
  const facts = await clientContext(context);
  const accounts = await accountsOf(services);
  const { today } = present(now, client.timezone);
  return context.read(async (tx) => {
    const status = await statusOf(context, tx, facts, accounts);
    const items = alerting(services.catalogue.detections).map((one) => detectionView(one, status));
    const silences = await silencesOn(tx, client.id, today);
    return {
      items,
      total: items.length,
      people: status.people,
      silences: silences.map((row) => ({
        id: row.id,
        detection: row.detection,
        about: row.about,
        reason: row.reason,
        until: row.until_day,
        by: row.made_by_name,
      })),
      undetected: services.catalogue.undetected.map(({ id, title, because, instead, control }) => ({
        id,
        title,
        because,
        instead,
        control: { id: control, short: shortId(control) },
      })),
      may: { edit: can('detections.edit'), decide: can('alerts.decide') },
    };
  });
}

/** A detection with its status for a client. */
export function detectionView(detection: Detection, status: Status) {
  const { bylaw } = detection;
  const setting = status.settings.find(({ detection }) => detection === bylaw.id);
  const shipped = numberOf(detection);
  const history = historyOf(detection);
  const { tune } = bylaw;
  const sum = (counts: (state: string) => boolean) =>
    status.numbers
      .filter(({ detection, state }) => detection === bylaw.id && counts(state))
      .reduce((all, { alerts }) => all + alerts, 0);
  return {
    id: bylaw.id,
    title: detection.title,
    purpose: detection.description,
    level: alertLevel(detection.level),
    on: setting?.is_on ?? bylaw.on,
    byDefault: bylaw.on,
    works: worksFor(detection, { ...status, history: setting?.history ?? history ?? 0 }),
    number:
      tune === undefined || shipped === null
        ? null
        : {
            what: tune.what,
            value: setting?.number ?? shipped,
            shipped,
            min: tune.min,
            max: tune.max,
            whole: tune.whole,
          },
    history:
      history === null || bylaw.tuneHistory === undefined
        ? null
        : { ...bylaw.tuneHistory, value: setting?.history ?? history, shipped: history },
    open: sum((state) => OPEN_ALERT_STATES.some((one) => one === state)),
    all: sum((state) => state !== 'merged' && state !== 'withdrawn'),
    blind: bylaw.blind,
    falsePositives: detection.falsepositives,
    playbook: bylaw.playbook.map((step) => ({ do: step.do, where: step.where ?? null })),
    guide: bylaw.guide,
    sources: bylaw.facts,
    changed:
      setting === undefined
        ? null
        : {
            by: setting.changed_by_name,
            approvedBy: setting.approved_by_name,
            at: setting.changed_at.toISOString(),
            reason: setting.reason,
          },
    proposed: proposalView(detection, status),
    version: setting?.version ?? 0,
  };
}

/** The change of a detection that waits for a second person; null if there is none. */
function proposalView(detection: Detection, status: Status) {
  const row = status.proposals.find((row) => row.detection === detection.bylaw.id);
  if (row === undefined) return null;
  const why = status.whyNotApprove(row);
  return {
    id: row.id,
    on: row.is_on ?? detection.bylaw.on,
    number: row.number ?? numberOf(detection),
    history: row.history ?? historyOf(detection),
    by: row.proposed_by_name,
    at: row.proposed_at.toISOString(),
    reason: row.reason,
    may: { approve: why === null, why },
  };
}
