import type { z } from 'zod';
import { CLAUDE_PLAN_WORDS } from '#domain/capabilities/entitle.ts';
import type { TaskStanding } from '#domain/journeys/standing.ts';
import type { Control } from '#domain/model/catalogue.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { KINDS } from '#domain/model/kinds.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { allHandovers, allOverrides } from '#store/deployment/deployment.ts';
import { allEvidence } from '#store/evidence/evidence.ts';
import type { Tx } from '#store/open.ts';
import { remembered } from '#store/remember.ts';
import type { StandingVerdict } from '#store/verdicts/current.ts';
import { assignmentsOf } from '#store/work/assignments.ts';
import { present } from '../assess/moment.ts';
import type { HandlerContext } from '../context.ts';
import { type ShaOf, shasOf, shownEvidence } from '../controls/evidence.ts';
import { observedOn } from '../controls/line.ts';
import { shownRemediation, sidesOf } from '../controls/sides.ts';
import { standingNow } from '../controls/standing-now.ts';
import { readingNow } from '../people/reading-now.ts';
import { forbidden, notFound } from '../problems.ts';
import { shortId } from '../reports/shared/words.ts';
import { peopleWith } from '../work/owners.ts';
import { assignmentView } from './assign.ts';
import type { journeyStandingSchema } from './contract.ts';
import { copiesFor } from './copies.ts';
import { toInvite } from './invite.ts';
import { deploymentJourney, isWork, JOURNEY, standOf } from './standing.ts';
import { handoverView, overrideView } from './views.ts';
import { holding, holds, lockWords, openChecks, standingWords } from './words.ts';

export type Deployment = z.infer<typeof journeyStandingSchema>;
type Task = Deployment['tasks'][number];

/** `how` of evidence that is a record of a deployment. */
export const RECORD = 'deployment';
/** Task about inviting people. */
const INVITE = 'invite_staff';
/** What one check lists here; the control's page has all of it. */
const MOST = 20;

/** Where the client stands on the deployment, decided by the verdicts of today. */
export async function showDeployment(context: HandlerContext): Promise<Deployment> {
  const { services, client, can, now } = context;
  // Every task rests on verdicts and says them; without the right to see those there is nothing true to show.
  if (!can('controls.read'))
    throw forbidden('The deployment shows verdicts on controls, which your role does not include.');
  const { catalogue } = services;
  const journey = deploymentJourney(catalogue);
  const { standing: verdicts, decision } = await standingNow(context);
  const stored = await remembered(services.store, context.scope, { key: 'deployment', weight: 2 }, () =>
    context.read(async (tx) => ({
      ...(await ownOf(tx, client.id)),
      overrides: await allOverrides(tx, client.id),
      handovers: await allHandovers(tx, client.id),
      assignments: await assignmentsOf(tx, client.id, JOURNEY),
      records: (await allEvidence(tx, client.id)).filter(({ how }) => how === RECORD),
      shaOf: await shasOf(tx, client.id),
    })),
  );
  const { standing, counting } = standOf(
    journey,
    verdicts.map(({ verdict }) => verdict),
    stored.overrides,
  );
  const people = can('people.read') ? await readingNow(context, client) : null;
  const able = await services.store.read('system', (tx) => peopleWith(tx, client.id, 'work.read'));
  const access = new Set(able.map(({ id }) => id));
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const byControl = new Map(verdicts.map((one) => [one.verdict.control, one]));
  const numberOf = (id: string) => journey.tasks.findIndex((task) => task.id === id) + 1;
  const own = { name: client.name, domains: stored.profile.domains, owner: stored.owner };
  const isOpen = (id: string) =>
    standing.tasks.some(({ task, state }) => task.id === id && state !== 'proved' && state !== 'not_needed');
  const shown = (one: TaskStanding): Task => {
    const { task } = one;
    const checks = one.state === 'locked' ? openChecks(one, standing) : [];
    const titled = checks.map((check) => ({
      ...check,
      title: controls.get(check.control)?.title ?? check.control,
    }));
    const capability = catalogue.capabilities.find(({ id }) => id === task.differs);
    return {
      id: task.id,
      number: numberOf(task.id),
      title: task.title,
      action: task.action,
      phase: task.phase,
      who: task.who,
      minutes: task.minutes,
      why: task.why,
      guide: task.guide,
      state: one.state,
      words: standingWords(one, numberOf),
      holding: holding(one),
      after: task.after.map((id) => ({
        id,
        number: numberOf(id),
        title: journey.tasks.find((before) => before.id === id)?.title ?? id,
        open: isOpen(id),
      })),
      waits: task.waits ?? null,
      locked:
        one.state === 'locked'
          ? { words: lockWords(titled.map(({ title }) => title)), checks: titled }
          : null,
      overridden: one.overridden,
      proof: task.proof.flatMap((id) => {
        const control = controls.get(id);
        return control === undefined ? [] : [proofOf(control, byControl.get(id), stored.shaOf)];
      }),
      instead: insteadOf(one, controls),
      copies: copiesFor(task, own),
      check: task.check ?? null,
      differs: capability === undefined ? null : sidesOf(capability),
      overrides: stored.overrides
        .filter((row) => row.task === task.id)
        .map((row) => overrideView(context, journey, row, counting.has(row.id))),
      assignment: assignmentView(
        stored.assignments.find((row) => row.task === task.id),
        access,
      ),
      invite: task.id === INVITE ? toInvite(can, people, own.domains) : null,
    };
  };
  const handovers = stored.handovers.map(handoverView);
  return {
    client: client.slug,
    name: client.name,
    title: journey.title,
    today: present(now, client.timezone).today,
    decidedAt: decision.at?.toISOString() ?? null,
    domains: stored.profile.domains,
    plan: CLAUDE_PLAN_WORDS[stored.profile.claudePlan],
    staff: people?.staff ?? stored.profile.staffCount ?? null,
    proved: standing.proved,
    of: standing.of,
    open: standing.tasks.filter(({ state }) => isWork(state)).length,
    next: standing.tasks.find(({ state }) => isWork(state))?.task.id ?? standing.next,
    holder: handovers[0] ?? null,
    handovers,
    may: { work: can('deployment.work'), override: can('deployment.override') },
    people: can('deployment.work') ? able.map(({ name, email }) => ({ name, email })) : [],
    phases: journey.phases,
    tasks: standing.tasks.map(shown),
    records: stored.records.map((row) => ({
      sha256: row.sha256,
      name: row.name,
      by: row.addedByName ?? row.addedBy,
      at: row.addedAt.toISOString(),
    })),
  };
}

function proofOf(
  control: Control,
  standing: StandingVerdict | undefined,
  shaOf: ShaOf,
): Task['proof'][number] {
  const verdict = standing?.verdict;
  const reads = control.checks.flatMap((check) => check.reads);
  const state = verdict?.state ?? 'cannot_read';
  return {
    control: control.id,
    short: shortId(control.id),
    title: control.title,
    state,
    reason: verdict?.reason ?? 'It has not been decided yet.',
    question: verdict?.question ?? null,
    holds: holds(state),
    since: standing?.since.toISOString() ?? null,
    observedOn: verdict === undefined ? null : observedOn(verdict),
    goodUntil: verdict?.goodUntil ?? null,
    acceptedUntil: state === 'accepted' ? (verdict?.exception?.until ?? null) : null,
    attestable: reads.includes('attestations'),
    importable: reads.some((kind) => Object.hasOwn(KINDS, kind) || kind === 'charter' || kind === 'journal'),
    evidence: (verdict?.evidence ?? []).slice(0, MOST).map((one) => shownEvidence(one, shaOf)),
    more: {
      evidence: Math.max(0, (verdict?.evidence.length ?? 0) - MOST),
      listed: Math.max(0, (verdict?.items.length ?? 0) - MOST),
    },
    listed: (verdict?.items ?? []).slice(0, MOST).map(({ key, label, detail }) => ({ key, label, detail })),
    remediation: shownRemediation(control.remediation),
  };
}

function insteadOf({ proof }: TaskStanding, controls: ReadonlyMap<string, Control>): string[] {
  return [
    ...new Set(
      proof
        .filter(({ state }) => state === 'not_licensed' || state === 'policy_only')
        .flatMap(({ control }) => controls.get(control)?.unlicensed?.instead ?? []),
    ),
  ];
}

/** What the client says of itself: its profile, and the account owner that its charter names. */
async function ownOf(tx: Tx, clientId: string) {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  if (row === undefined) throw notFound();
  const charter = await tx
    .selectFrom('documents')
    .select('value')
    .where('client_id', '=', clientId)
    .where('kind', '=', 'charter')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return {
    profile: profileSchema.parse(row.profile),
    owner: charter === undefined ? null : (charterSchema.parse(charter.value).accountOwner ?? null),
  };
}
