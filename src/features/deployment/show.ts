import type { z } from 'zod';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { type Journal, journalSchema } from '#domain/model/journal.ts';
import { cached } from '#store/cache.ts';
import { allHandovers, allOverrides } from '#store/deployment/deployment.ts';
import { dnsLook } from '#store/deployment/dns-looks.ts';
import { expectedRecords } from '#store/deployment/expected-records.ts';
import { leftStates, profileChanges } from '#store/deployment/plan-changes.ts';
import { allEvidence } from '#store/evidence/evidence.ts';
import type { Tx } from '#store/open.ts';
import { lastReminders } from '#store/reminders/work-reminders.ts';
import { assignmentsOf } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { shasOf, verdictsNow } from '../controls/index.ts';
import { peopleNowWith } from '../owners/index.ts';
import { pathStates } from '../paths/index.ts';
import { readingNow } from '../people/index.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import { newestDocument } from './documents.ts';
import { expectedView } from './expected.ts';
import { toInvite } from './invite.ts';
import { changeOfTask, planChanges } from './plan-changes.ts';
import { recipientsNow } from './recipients.ts';
import type { journeyStatusSchema } from './schemas.ts';
import { deploymentJourney, isWork, JOURNEY, nextOf, progressOf } from './status.ts';
import { refuseWithoutControls } from './summary.ts';
import { taskView } from './task-view.ts';
import { handoverView } from './views.ts';
import { completionView } from './words.ts';

export type Deployment = z.infer<typeof journeyStatusSchema>;

/** `how` of evidence that is a record of a deployment. */
export const RECORD = 'deployment';

/** The client's progress in the deployment, computed from today's verdicts. */
export async function showDeployment(context: HandlerContext): Promise<Deployment> {
  const { services, client, can, now } = context;
  refuseWithoutControls(context);
  const { catalogue } = services;
  const journey = deploymentJourney(catalogue);
  const { current: verdicts, decision } = await verdictsNow(context);
  const controls = [...new Set(journey.tasks.flatMap(({ proof }) => proof))];
  const stored = await cached(services.store, context.scope, { key: 'deployment', weight: 2 }, () =>
    context.read(async (tx) => ({
      ...(await ownOf(tx, client.id)),
      overrides: await allOverrides(tx, client.id),
      handovers: await allHandovers(tx, client.id),
      assignments: await assignmentsOf(tx, client.id, JOURNEY),
      reminders: await lastReminders(
        tx,
        client.id,
        journey.tasks.map(({ id }) => `deployment_task:${id}`),
      ),
      records: (await allEvidence(tx, client.id)).filter(({ how }) => how === RECORD),
      shaOf: await shasOf(tx, client.id),
      expected: await expectedRecords(tx, client.id),
      looked: await dnsLook(tx, client.id),
      changes: await profileChanges(tx, client.id),
      left: await leftStates(tx, client.id, controls),
    })),
  );
  const progress = progressOf(
    journey,
    verdicts.map(({ verdict }) => verdict),
    stored.overrides,
  );
  const { status } = progress;
  const people = can('people.read') ? await readingNow(context, client) : null;
  const able = await peopleNowWith(services, client.id, 'work.read');
  const byControl = new Map(verdicts.map((one) => [one.verdict.control, one]));
  const { domains } = stored.profile;
  const changes = planChanges(stored.changes, catalogue.licenses, client.timezone);
  const { today } = present(now, client.timezone);
  const parts = {
    context,
    catalogue,
    journey,
    progress,
    verdicts: byControl,
    overrides: stored.overrides,
    assignments: stored.assignments,
    reminders: stored.reminders,
    access: new Set(able.map(({ id }) => id)),
    paths: await pathStates(context),
    profile: stored.profile,
    own: {
      slug: client.slug,
      name: client.name,
      domains,
      owner: stored.owner,
      expected: new Map(stored.expected.map(({ domain, value }) => [domain, value])),
    },
    today,
    journal: stored.journal,
    shaOf: stored.shaOf,
    dns: {
      expected: expectedView(domains, stored.expected),
      looked:
        stored.looked === null
          ? null
          : {
              at: stored.looked.looked_at.toISOString(),
              storedAt: stored.looked.stored_at?.toISOString() ?? null,
            },
    },
    recipients: await recipientsNow(context),
    invite: () => toInvite(can, people, domains),
    changed: (one: (typeof status.tasks)[number]) => changeOfTask(one, byControl, stored.left, changes),
  };
  const handovers = stored.handovers.map(handoverView);
  return {
    client: client.slug,
    name: client.name,
    title: journey.title,
    today,
    decidedAt: decision.at?.toISOString() ?? null,
    domains,
    plan: CLAUDE_PLAN_WORDS[stored.profile.claudePlan],
    staff: people?.staff ?? stored.profile.staffCount ?? null,
    proved: status.proved,
    of: status.of,
    completion: completionView(status.completion),
    changes: changes.map(({ at, on, by, words }) => ({ at: at.toISOString(), on, by, words })),
    open: status.tasks.filter(({ state }) => isWork(state)).length,
    next: nextOf(status),
    holder: handovers[0] ?? null,
    handovers,
    may: { work: can('deployment.work'), override: can('deployment.override') },
    people: can('deployment.work') ? able.map(({ name, email }) => ({ name, email })) : [],
    phases: journey.phases,
    tasks: status.tasks.map((one) => taskView(parts, one)),
    records: stored.records.map((row) => ({
      sha256: row.sha256,
      name: row.name,
      by: row.addedByName ?? row.addedBy,
      at: row.addedAt.toISOString(),
    })),
  };
}

/** The client's own data: its profile, its journal, and the account owner named in its charter. */
async function ownOf(tx: Tx, clientId: string) {
  const profile = await readProfile(tx, clientId);
  const charter = await newestDocument(tx, clientId, 'charter');
  const journal = await newestDocument(tx, clientId, 'journal');
  return {
    profile,
    owner: charter === null ? null : (charterSchema.parse(charter.value).accountOwner ?? null),
    journal: journal === null ? ({} satisfies Journal) : journalSchema.parse(journal.value),
  };
}
// Guide: G0-03 G2-00 G2.1-00 G2.1-01 G2.1-05 G2.2-01 G2.2-02 G2.2-14 G2.2-15 G2.2-19 G4.2-01 G6.4-02 G6.4-03
// Guide: GA-00 GA-01 GA-02 GA-03 GA-04 GA-05 GA-06 GA-07 GA-08 GA-09 GA-10 GA-11 GA-12 GA-13 GA-14 GA-15
// Guide: GA-16
