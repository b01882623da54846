import { nextDay, periodOf, type Rhythm } from '#domain/reminders/schedule.ts';
import { WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import {
  type ChannelOf,
  type ChannelRow,
  channelPlace,
  findChannel,
  putChannel,
  removeChannel,
} from '#store/reminders/channels.ts';
import type { HandlerContext } from '../../context.ts';
import { lastChange } from '../../last-change.ts';
import { commonZone } from '../../mail/index.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { readWorkspace } from '../../shared/settings.ts';
import { lastOf } from '../last.ts';
import { later, localTime, rhythmOf } from '../own-settings.ts';
import { addressOf } from './address.ts';
import { testCard } from './card.ts';
import { postCard } from './post.ts';

/** The channel's owner: a client or the workspace. */
export interface Place {
  readonly of: ChannelOf;
  readonly name: string;
  readonly zone: string;
  readonly sandbox: boolean;
}

export function clientPlace({ client: { id, name, timezone, sandbox } }: HandlerContext): Place {
  return { of: id, name, zone: timezone, sandbox };
}

export async function workspacePlace({ read }: HandlerContext): Promise<Place> {
  return read(async (tx) => ({
    of: null,
    name: (await readWorkspace(tx)).name,
    zone: (await commonZone(tx)) ?? 'UTC',
    sandbox: false,
  }));
}

interface Wanted {
  readonly version: number;
  /** Omitted or empty: the stored address is kept. */
  readonly address?: string | undefined;
  readonly rhythm: Rhythm;
  readonly weekday: number;
}

/** A channel's settings, with the outcome of its last card and how to get an address. Never the address itself. */
export async function channelShown({ services, now, read }: HandlerContext, { of, zone }: Place) {
  const channel = await read((tx) => findChannel(tx, of));
  const { steps, limits } = services.catalogue.teams;
  const schedule = { rhythm: rhythmOf(channel?.rhythm ?? 'never'), weekday: channel?.weekday ?? 1 };
  return {
    teams:
      channel === null
        ? null
        : {
            host: channel.host,
            hasAddress: channel.address_sealed !== null,
            ...schedule,
            ...lastOf(channel, now, 'card'),
            next: nextDay(schedule, localTime(now, zone), channel.claimed_on),
            retryAt: channel.retry_at?.toISOString() ?? null,
          },
    version: channel?.version ?? 0,
    zone,
    steps: [...steps],
    limits: [...limits],
  };
}

/** Sets up or changes a channel. Its address is stored and never returned. */
export async function setTeams(context: HandlerContext, place: Place, wanted: Wanted): Promise<void> {
  const { services, actor, now } = context;
  const { sealer, catalogue, config } = services;
  refuseSandbox(place);
  const typed = wanted.address === undefined || wanted.address.trim() === '' ? null : wanted.address;
  const given = typed === null ? null : addressOf(typed, catalogue.teams, config.privateHosts);
  if (given?.problem != null) throw unprocessable(given.problem);
  const url = given?.url ?? null;
  await context.change(async (tx, recorder) => {
    const before = await findChannel(tx, place.of);
    if ((before?.version ?? 0) !== wanted.version) throw await editConflict(tx, place, before);
    const sealed =
      url === null ? (before?.address_sealed ?? null) : sealer.seal(url.href, channelPlace(place.of));
    if (sealed === null)
      throw unprocessable('There is no address yet. Copy it from the workflow in Teams and enter it here.');
    const host = url?.host ?? before?.host ?? '';
    if (url === null && before?.rhythm === wanted.rhythm && before.weekday === wanted.weekday)
      return recorder.unchanged();
    const stored = await putChannel(
      tx,
      {
        client_id: place.of,
        address_sealed: sealed,
        host,
        rhythm: wanted.rhythm,
        weekday: wanted.weekday,
        claimed_on: later(before?.claimed_on ?? null, periodOf(wanted, localTime(now, place.zone))),
        changed_by: actor.userId,
        changed_by_name: actor.name,
        changed_at: now,
      },
      wanted.version,
    );
    if (!stored) throw await editConflict(tx, place, await findChannel(tx, place.of));
    await recorder.record({
      subject: subjectOf(place),
      before: before === null ? null : shown(before),
      after: { host, rhythm: wanted.rhythm, weekday: wanted.weekday, addressChanged: url !== null },
    });
  });
  publish(context, place);
}

/** Removes a channel and its address. */
export async function removeTeams(context: HandlerContext, place: Place, version: number): Promise<void> {
  await context.change(async (tx, recorder) => {
    const before = await findChannel(tx, place.of);
    if ((before?.version ?? 0) !== version) throw await editConflict(tx, place, before);
    if (before === null) return recorder.unchanged();
    await removeChannel(tx, before);
    await recorder.record({ subject: subjectOf(place), before: shown(before) });
  });
  publish(context, place);
}

/** Sends a test card and returns the response. */
export async function testTeams(context: HandlerContext, place: Place) {
  const { services, actor } = context;
  const { sealer, catalogue, config } = services;
  refuseSandbox(place);
  const channel = await context.read((tx) => findChannel(tx, place.of));
  if (channel === null || channel.address_sealed === null)
    throw unprocessable('No channel is set up. Enter the address of a workflow and store it first.');
  const address = new URL(sealer.open(channel.address_sealed, channelPlace(place.of)));
  const card = testCard(actor.name, place.name, config.origin, catalogue.teams);
  const { outcome, status, says, answer } = await postCard(services, address, card);
  await context.change(async (_tx, recorder) => {
    await recorder.record({
      subject: subjectOf(place),
      after: { host: channel.host, outcome, status, answer },
    });
  });
  return { accepted: outcome === 'accepted', status, says, answer };
}

function refuseSandbox({ sandbox }: Place): void {
  if (sandbox)
    throw unprocessable('The sandbox association is fictional, so no one is reminded of its work.');
}

function subjectOf({ of, name }: Place) {
  return { kind: of === null ? 'workspace' : 'client', id: of, name };
}

function shown({ host, rhythm, weekday }: ChannelRow) {
  return { host, rhythm, weekday };
}

async function editConflict(tx: Tx, { of }: Place, channel: ChannelRow | null) {
  const { by, at } = await lastChange(tx, { chain: of ?? WORKSPACE, actions: 'reminders.set_' });
  return conflict(
    'Someone else changed the channel after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: channel?.version ?? 0 },
  );
}

function publish({ services }: HandlerContext, { of }: Place): void {
  if (of !== null) services.events.publish({ client: of, topic: 'client', id: null });
}
