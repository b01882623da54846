import { foldId } from '#domain/detections/fold.ts';
import { count } from '#domain/text/words.ts';
import { appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import {
  claimNotices,
  endNotices,
  type NoticeTarget,
  type NotifiedRow,
  noticeTargets,
  notifiedOf,
} from '#store/reminders/alert-notices.ts';
import { channelPlace, findChannel } from '#store/reminders/channels.ts';
import { openFolds } from '../../alerts/index.ts';
import type { Services } from '../../context.ts';
import { whyNotSent } from '../../mail/index.ts';
import { BYLAW } from '../../shared/bylaw-actor.ts';
import { namesAllowed } from '../../shared/message-names.ts';
import { viewerNow } from '../due.ts';
import { alertCard } from '../teams/card.ts';
import { postCard } from '../teams/post.ts';
import { alertMail } from './alert-mail.ts';
import { TEAMS } from './settings.ts';

const MINUTE = 60_000;
/** Minimum time between two notifications about one group that gets more alerts. */
const MIN_REMINDER_INTERVAL_MS = 24 * 60 * MINUTE;
/** Maximum messages to a recipient about a client within an hour; later alerts are in the next message. */
const MAX_PER_HOUR = 6;
/** Maximum attempts to send a message; the delay increases with each. */
const MAX_TRIES = 5;
const WAIT_MS = 2 * MINUTE;
/** A message still marked as being sent after this time was interrupted by a crash. */
const CUT_OFF_MS = 10 * MINUTE;

type Fold = Awaited<ReturnType<typeof openFolds>>[number];

/** Contents of a notification: number of alerts, link, and titles if the client allows them. */
export interface CriticalAlerts {
  readonly client: { readonly id: string; readonly slug: string; readonly name: string };
  readonly alerts: number;
  /** Titles of the detections; null: the client allows only numbers in messages. */
  readonly titles: readonly string[] | null;
}

/** A group of alerts that a recipient is notified about. */
interface Due {
  readonly id: string;
  readonly fold: Fold;
  /** State of the previous message; undefined: there was none. */
  readonly before: NotifiedRow | undefined;
  readonly tries: number;
}

/**
 * Notifies everyone who subscribed, and the subscribed channels, of critical alerts raised since. Each group is
 * reported once a day at most, however many alerts it gets. It is claimed before the message is sent, so that several
 * processes send one.
 */
export async function sendCriticalAlerts(services: Services): Promise<void> {
  const { store } = services;
  const targets = await store.read('system', noticeTargets);
  const mail = targets.some(({ user }) => user !== null) && (await services.mail.configured());
  const wanted = targets.filter(({ user }) => user === null || mail);
  for (const [client, of] of Map.groupBy(wanted, (target) => target.client)) {
    const folds = await store.read([client], (tx) => openFolds(tx, services.catalogue, client));
    const critical = folds.filter(({ level }) => level === 'critical');
    if (critical.length === 0) continue;
    for (const target of of) {
      try {
        await publish(services, target, critical);
      } catch (error) {
        services.log.error(
          { err: error, client, user: target.user },
          'no one could be notified of critical alerts',
        );
      }
    }
  }
}

async function publish(services: Services, { client, user, since }: NoticeTarget, critical: readonly Fold[]) {
  const { store, clock, catalogue } = services;
  const target = user ?? TEAMS;
  const viewer = user === null ? null : await store.read('system', (tx) => viewerNow(tx, user));
  if (user !== null && viewer?.can('alerts.read', client) !== true) return;
  const at = clock();
  const place = { clientId: client, target, at };
  const { due, row, named } = await store.read([client], async (tx) => ({
    due: dueOf(critical, since, await notifiedOf(tx, client, target), at),
    row: await tx
      .selectFrom('clients')
      .select(['id', 'slug', 'name'])
      .where('id', '=', client)
      .executeTakeFirst(),
    named: (await namesAllowed(tx, [client])).has(client),
  }));
  if (row === undefined || due.length === 0) return;
  const taken = await store.write([client], async (tx) => {
    const ids = await claimNotices(tx, place, due);
    if (ids.length > 0) await note(tx, 'sending', ids.length, null);
    return due.filter(({ id }) => ids.includes(id));
  });
  if (taken.length === 0) return;
  const what: CriticalAlerts = {
    client: row,
    alerts: taken.reduce((sum, { fold }) => sum + fold.open, 0),
    titles: named
      ? [
          ...new Set(
            taken.map(
              ({ fold }) =>
                catalogue.detections.find(({ bylaw }) => bylaw.id === fold.detection)?.title ??
                fold.detection,
            ),
          ),
        ]
      : null,
  };
  const why =
    viewer === null
      ? await toChannel(services, client, what)
      : await services.mail
          .send(alertMail(viewer, what, services.config.origin))
          .then(() => null, whyNotSent);
  await store.write([client], async (tx) => {
    await endNotices(
      tx,
      place,
      taken.map(({ id }) => id),
      why,
    );
    await note(tx, why === null ? 'sent' : 'failed', taken.length, why);
  });
  if (why !== null)
    services.log.warn({ client, user }, `${count(taken.length, 'critical alert')} could not be sent`);

  function note(tx: Tx, state: string, groups: number, reason: string | null) {
    return appendAudit(tx, {
      chain: client,
      actor: BYLAW,
      action: 'reminders.critical_alerts',
      subject:
        viewer === null
          ? { kind: 'client', id: client, name: row?.name ?? '' }
          : { kind: 'user', id: viewer.id, name: viewer.name },
      reason,
      after: { state, groups, by: viewer === null ? 'teams' : 'mail' },
      at: clock(),
    });
  }
}

/** The groups that are due for a recipient, with its previous notifications. */
function dueOf(critical: readonly Fold[], since: Date, notified: readonly NotifiedRow[], now: Date): Due[] {
  const hour = notified.filter(({ told_at }) => told_at.getTime() > now.getTime() - 60 * MINUTE);
  if (new Set(hour.map(({ told_at }) => told_at.getTime())).size >= MAX_PER_HOUR) return [];
  return critical.flatMap((fold): Due[] => {
    const id = foldId(fold.detection, fold.subject);
    const before = notified.find(({ group_id }) => group_id === id);
    if (fold.raised < since) return [];
    if (before === undefined) return [{ id, fold, before, tries: 1 }];
    const age = now.getTime() - before.told_at.getTime();
    if (before.state === 'sent')
      return age >= MIN_REMINDER_INTERVAL_MS && fold.raised > before.told_at
        ? [{ id, fold, before, tries: 1 }]
        : [];
    const wait = before.state === 'failed' ? WAIT_MS * before.tries : CUT_OFF_MS;
    return before.tries < MAX_TRIES && age >= wait ? [{ id, fold, before, tries: before.tries + 1 }] : [];
  });
}

/** Posts the card; returns why it was not sent, or null. */
async function toChannel(services: Services, client: string, what: CriticalAlerts): Promise<string | null> {
  const channel = await services.store.read([client], (tx) => findChannel(tx, client));
  if (channel === null || channel.address_sealed === null) return 'The channel was removed.';
  const address = new URL(services.sealer.open(channel.address_sealed, channelPlace(client)));
  const card = alertCard(what, services.config.origin, services.catalogue.teams);
  const { outcome, says } = await postCard(services, address, card);
  return outcome === 'accepted' ? null : says;
}

// Guide: G5.1-06 G7.1-04
