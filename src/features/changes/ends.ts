import { randomUUID } from 'node:crypto';
import type { ChangeState } from '#domain/changes/states.ts';
import { dayWords } from '#domain/text/words.ts';
import { appendAudit } from '#store/audit.ts';
import {
  type ChangeRow,
  changeChange,
  endingChanges,
  findChange,
  insertChange,
  openChange,
  recordNotified,
  stepsOf,
  undoingChanges,
} from '#store/changes/changes.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { harmlessName } from '../mail/index.ts';
import { peopleWith } from '../owners/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { momentOf, present, zoneOf } from '../shared/moment.ts';
import type { ChangeTarget, TargetContext } from '../shared/services/change-targets.ts';
import { continueChange, HOLD_MS } from './apply.ts';
import { giveUpWaiting, hashOf } from './plan.ts';
import { subjectOf } from './view.ts';

/** Delay before another attempt after a refusal, in milliseconds. */
const RETRY_MS = 15 * 60_000;
/** People are notified if a change has not ended this long after its last day. */
const LATE_MS = 2 * 3_600_000;
/** Interval after which people are notified again. */
const NOTIFICATION_INTERVAL_MS = 24 * 3_600_000;
const GIVEN_UP: readonly ChangeState[] = ['failed', 'withdrawn'];
const NOT_BEGUN: readonly ChangeState[] = ['planned', 'approved'];

/**
 * Job that reverts changes made by one person until a day, once that day is over, and failed ones that were applied
 * partly. If Bylaw cannot write, people are asked to revert them. They are also notified if reverting fails.
 */
export async function takeBackEnded(services: Services): Promise<void> {
  const open = await services.store.read('system', (tx) => endingChanges(tx, services.clock()));
  for (const one of open)
    await takeBack(services, one).catch((error: unknown) =>
      services.log.error({ err: error, change: one.id }, 'a change with an end date was not reversed'),
    );
}

async function takeBack(services: Services, key: Pick<ChangeRow, 'client_id' | 'id'>): Promise<void> {
  const { store, clock } = services;
  const { client_id } = key;
  const now = clock();
  const { row, undoing, steps, client } = await store.read([client_id], async (tx) => ({
    row: await findChange(tx, client_id, key.id),
    undoing: await undoingChanges(tx, client_id, key.id),
    steps: await stepsOf(tx, client_id, key.id),
    client: await tx
      .selectFrom('clients')
      .select(['name', 'slug', 'profile'])
      .where('id', '=', client_id)
      .executeTakeFirst(),
  }));
  const target = services.changeTargets.find(({ id }) => id === row?.target);
  if (row === undefined || client === undefined || target === undefined || row.until_day === null) return;
  if (undoing.some(({ state }) => state === 'verified')) return;
  // Nothing was sent, so there is nothing to revert.
  if (row.state === 'failed' && steps.every(({ sent_at }) => sent_at === null)) return;
  const zone = zoneOf(client.profile);
  if (row.state !== 'failed' && row.until_day >= present(now, zone).today) return;
  const due = row.state === 'failed' ? row.changed_at : new Date(momentOf(row.until_day, zone).now);
  const [newest] = undoing;
  const context: TargetContext = { services, client: { id: client_id, timezone: zone }, now };
  const byBylaw = target.writes !== undefined && (await target.writes.may(context));
  // A planned but unapplied way back by a person does not end the change, so if Bylaw can write, it does not wait for
  // it.
  const idle = newest === undefined || [...GIVEN_UP, ...(byBylaw ? NOT_BEGUN : [])].includes(newest.state);
  const soon = newest !== undefined && now.getTime() - newest.changed_at.getTime() < RETRY_MS;
  if (idle && !(soon && (newest.state === 'failed' || !byBylaw)))
    await begin(services, target, context, row, byBylaw);
  const late = now.getTime() - due.getTime() >= LATE_MS || newest?.state === 'failed' || !byBylaw;
  const notified = row.told_at !== null && now.getTime() - row.told_at.getTime() < NOTIFICATION_INTERVAL_MS;
  if (late && !notified) await notify(services, row, client);
}

async function begin(
  services: Services,
  target: ChangeTarget,
  context: TargetContext,
  row: ChangeRow,
  byBylaw: boolean,
): Promise<void> {
  const { store, clock, events } = services;
  const planning = await target.plan(context, row.subject, row.plan.back);
  if (!planning.ok || planning.plan.steps.length === 0) {
    services.log.error({ change: row.id }, 'taking a change back could not be planned');
    return;
  }
  const now = clock();
  const held = new Date(now.getTime() + HOLD_MS);
  const id = randomUUID();
  const { plan, title } = planning;
  const added = await store.write([row.client_id], async (tx) => {
    await giveUpWaiting(tx, row, now);
    await giveUpPlanned(tx, row, now);
    const inserted = await insertChange(tx, {
      client_id: row.client_id,
      id,
      target: row.target,
      subject: row.subject,
      title,
      plan: JSON.stringify(plan),
      plan_sha256: hashOf(plan),
      state: byBylaw ? 'applying' : 'approved',
      alone: true,
      reason:
        row.state === 'failed'
          ? 'It was done only in part.'
          : `It was in effect until ${dayWords(row.until_day ?? '')}.`,
      undoes: row.id,
      until_day: null,
      planned_by: 'bylaw',
      planned_by_name: BYLAW.name,
      planned_at: now,
      approvals: JSON.stringify([]),
      ...(byBylaw
        ? { applied_by: 'bylaw', applied_by_name: BYLAW.name, applied_at: now, held_until: held }
        : {}),
      changed_by_name: BYLAW.name,
      changed_at: now,
    });
    if (!inserted) return false;
    await appendAudit(tx, {
      chain: row.client_id,
      actor: BYLAW,
      action: 'changes.take_back',
      subject: subjectOf({ id, title }),
      after: { state: byBylaw ? 'applying' : 'approved', plan: hashOf(plan), undoes: row.id },
      at: now,
    });
    return true;
  });
  if (!added) return;
  events.publish({ client: row.client_id, topic: 'changes', id });
  if (byBylaw) await continueChange(services, target, context, id, held);
}

/**
 * A subject has only one open change. One that was not applied is withdrawn, so that it does not keep another from
 * ending.
 */
async function giveUpPlanned(tx: Tx, { client_id, target, subject }: ChangeRow, now: Date): Promise<void> {
  const other = await openChange(tx, client_id, target, subject);
  if (other === undefined || !NOT_BEGUN.includes(other.state)) return;
  const changed = await changeChange(tx, client_id, other.id, other.version, {
    state: 'withdrawn',
    changed_by_name: BYLAW.name,
    changed_at: now,
  });
  if (changed === null) return;
  await appendAudit(tx, {
    chain: client_id,
    actor: BYLAW,
    action: 'changes.withdraw',
    subject: subjectOf(other),
    before: { state: other.state },
    after: { state: 'withdrawn' },
    at: now,
  });
}

/** Notifies everyone at the client who approves such changes that one did not end. */
async function notify(
  services: Services,
  row: ChangeRow,
  client: { readonly name: string; readonly slug: string },
): Promise<void> {
  const { store, mail, config, clock, log } = services;
  const now = clock();
  log.error({ change: row.id, client: row.client_id }, 'a change did not end on its day');
  const people = await store.read('system', (tx) => peopleWith(tx, row.client_id, 'charter.approve'));
  await store.write([row.client_id], (tx) => recordNotified(tx, row, now));
  if (!(await mail.configured())) return;
  for (const { name, email } of people)
    await mail
      .send({
        to: email,
        subject: 'Bylaw: something that should have ended has not ended',
        text: [
          `${harmlessName(name)},`,
          '',
          `“${harmlessName(row.title)}” at ${harmlessName(client.name)} was supposed to end after ${dayWords(row.until_day ?? '')}, and nothing shows yet that it did. Undo it in Entra today:`,
          `${config.origin}/c/${client.slug}/conditional-access`,
        ].join('\n'),
      })
      .catch((error: unknown) => log.warn({ err: error, change: row.id }, 'a mail could not be handed over'));
}
// Guide: G6.3-04
