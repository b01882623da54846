import type { z } from 'zod';
import { validDays } from '#domain/decide/fresh-days.ts';
import { takesStatements } from '#domain/model/attestation.ts';
import type { Control } from '#domain/model/catalogue.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { answersTo } from '#domain/text/questions.ts';
import { CONTROL_ASSIGNMENTS } from '#domain/work/facts.ts';
import { atOnce } from '#store/at-once.ts';
import { cached } from '#store/cache.ts';
import type { Tx } from '#store/open.ts';
import { remindersOfControl } from '#store/reminders/work-reminders.ts';
import { factEvents, namesIn } from '#store/verdicts/facts.ts';
import { historyOf } from '#store/verdicts/history.ts';
import { findAssignment } from '#store/work/assignments.ts';
import { commentsOn } from '#store/work/comments.ts';
import type { HandlerContext } from '../context.ts';
import { stateOn } from '../exceptions/index.ts';
import { assignmentView, peopleNowWith, remindedView } from '../owners/index.ts';
import { pathStates } from '../paths/index.ts';
import { clausesOfControl } from '../policy/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import { concernWords, kindWords } from '../shared/words.ts';
import { failsAmong } from '../verdicts/index.ts';
import { commentView } from './comments.ts';
import { appliesWords } from './condition-words.ts';
import type { controlSchema } from './contract.ts';
import { shasOf, shownEvidence } from './evidence.ts';
import { lineOf } from './line.ts';
import { factsOf, shownRemediation, shownSource } from './sides.ts';
import { timelineOf } from './timeline.ts';
import { verdictOn } from './verdicts-now.ts';
import type { Lacking } from './with-enterprise.ts';

type Shown = z.infer<typeof controlSchema>;

/** Maximum number of periods and events on a page; older ones are in the audit log. */
const MAX_LISTED = 200;

/** Everything about one control of one client. */
export async function showControl(context: HandlerContext, control: Control): Promise<Shown> {
  const { services, client } = context;
  const { today } = present(context.now, client.timezone);
  const { current, decision } = await verdictOn(context, control.id);
  if (current === undefined) throw notFound();
  const may = {
    exceptions: context.can('exceptions.read'),
    attestations: context.can('attestations.read'),
    imports: context.can('imports.read'),
  };
  const about = await cached(services.store, context.scope, { key: 'facts', weight: 2 }, () =>
    context.read(async (tx) => {
      const events = await factEvents(tx, client.id, { after: null, limit: MAX_LISTED });
      const names = await namesIn(tx, client.id, [...new Set(events.flatMap(({ by }) => by ?? []))]);
      return { events, names, shaOf: await shasOf(tx, client.id) };
    }),
  );
  const stored = await cached(
    services.store,
    context.scope,
    { key: `control ${control.id}`, weight: 0.2 },
    () =>
      context.read((tx) =>
        atOnce({
          history: historyOf(tx, client.id, control.id, MAX_LISTED),
          exceptions: exceptionsOf(tx, client.id, control.id),
          attestations: attestationsOf(tx, client.id, control.id),
          assignment: findAssignment(tx, client.id, CONTROL_ASSIGNMENTS, control.id),
          reminders: remindersOfControl(tx, client.id, control.id, MAX_LISTED),
          comments: commentsOn(tx, client.id, control.id, MAX_LISTED),
        }),
      ),
  );
  const { shaOf } = about;
  const able = await peopleNowWith(services, client.id, 'work.read');
  const clauses = await clausesOfControl(context, control.id);
  const mayWork = context.can('work.edit');
  const { verdict } = current;
  return {
    ...lineOf(control, current),
    version: control.version,
    action: control.action,
    concerns: concernWords(control.concerns),
    why: control.why,
    guide: control.guide,
    decidedOn: decision.day ?? '',
    decidedAt: decision.at?.toISOString() ?? null,
    items: verdict.items.map((item) => ({
      key: item.key,
      label: item.label,
      detail: item.detail,
      evidence: item.evidence.map((one) => shownEvidence(one, shaOf)),
    })),
    evidence: verdict.evidence.map((one) => shownEvidence(one, shaOf)),
    exception: verdict.exception,
    checks: checksOf(control, verdict),
    answers: verdict.state === 'cannot_read' ? answersTo(verdict.asks) : [],
    attestable: takesStatements(control),
    readable: control.checks.some((check) => check.reads.some((kind) => kind !== 'attestations')),
    appliesWhen: appliesWords(control, services.catalogue),
    needs: control.needs.map((id) => ({
      id,
      title: services.catalogue.capabilities.find((capability) => capability.id === id)?.title ?? id,
    })),
    lacks: verdict.state === 'not_applicable' ? null : await lackedBy(context, control),
    clauses,
    remediation: shownRemediation(control.remediation, await pathStates(context)),
    facts: factsOf(control, services.catalogue),
    sources: control.sources.map(shownSource),
    timeline: timelineOf({
      control,
      history: stored.history,
      events: about.events,
      comments: stored.comments,
      reminders: stored.reminders,
      assignment: stored.assignment,
      nameOf: (by) => (by === null ? null : (about.names.get(by) ?? (looksLikeId(by) ? null : by))),
      shows: ({ what }) =>
        what === 'exception' ? may.exceptions : what === 'attestation' ? may.attestations : may.imports,
    }),
    exceptions: may.exceptions
      ? stored.exceptions.map((one) => ({ ...one, state: stateOn(today, one) }))
      : null,
    attestations: may.attestations ? stored.attestations : null,
    assignment: assignmentView(stored.assignment, new Set(able.map(({ id }) => id))),
    reminded: remindedView(stored.reminders[0]),
    comments: stored.comments.map((row) => commentView(row, context.actor.userId)),
    people: mayWork ? able.map(({ name, email }) => ({ name, email })) : [],
    mayWork,
    elsewhere: await elsewhere(context, control),
  };
}

/** Rows identify people by id or by name; ids are useless for readers. */
export function looksLikeId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
}

function checksOf(control: Control, verdict: Verdict): Shown['checks'] {
  return control.checks.map((check, index) => {
    const tried = verdict.tried[index];
    return {
      rule: check.rule,
      reads: check.reads.map(kindWords),
      freshDays: validDays(check),
      inUse:
        tried !== undefined &&
        tried.state !== 'cannot_read' &&
        verdict.rule === check.rule &&
        verdict.tried.findIndex(({ rule, state }) => rule === verdict.rule && state !== 'cannot_read') ===
          index,
      state: tried?.state ?? null,
      reason: tried?.reason ?? null,
    };
  });
}

/** Capabilities that plan and licenses lack for a control, and what Claude Enterprise would change. */
async function lackedBy(context: HandlerContext, control: Control): Promise<Shown['lacks']> {
  if (control.needs.length === 0) return [];
  const lacking = await lackingNow(context);
  if (lacking === null) return null;
  const { capabilities } = context.services.catalogue;
  return control.needs.flatMap((id) => {
    const lacked = lacking.find((one) => one.id === id);
    if (lacked === undefined) return [];
    const capability = capabilities.find((one) => one.id === id);
    return [{ ...lacked, title: capability?.title ?? id, means: capability?.means ?? '' }];
  });
}

/** Everything that the client lacks for any control, computed once until its facts or the day change. */
async function lackingNow({
  services,
  client,
  now,
  scope,
}: HandlerContext): Promise<readonly Lacking[] | null> {
  const { today } = present(now, client.timezone);
  return cached(services.store, scope, { key: `lacking ${today}`, weight: 0.1 }, async () => {
    const capabilities = [...new Set(services.catalogue.controls.flatMap(({ needs }) => needs))];
    const ran = await services.verdicts.run(client.id, 'withEnterprise', { capabilities });
    if (ran === null) throw notFound();
    return ran.result;
  });
}

async function elsewhere(context: HandlerContext, control: Control): Promise<Shown['elsewhere']> {
  const others = await visibleClients(context, 'controls.read');
  if (others.length < 2) return null;
  await context.services.verdicts.ensureCurrent(others);
  return failsAmong(context.services, others, control.id);
}

async function exceptionsOf(tx: Tx, clientId: string, control: string) {
  const rows = await tx
    .selectFrom('exceptions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('control_id', '=', control)
    .orderBy('requested_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    reason: row.reason,
    owner: row.owner,
    from: row.from_day,
    until: row.until_day,
    items: row.items,
    requestedBy: row.requested_by_name,
  }));
}

async function attestationsOf(tx: Tx, clientId: string, control: string): Promise<Shown['attestations']> {
  const rows = await tx
    .selectFrom('attestations')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('control_id', '=', control)
    .where('withdrawn_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    holds: row.holds,
    seen: row.seen,
    by: row.attested_by,
    note: row.note,
    expires: row.expires,
    evidence: row.evidence_sha,
  }));
}
