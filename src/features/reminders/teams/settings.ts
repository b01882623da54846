import { periodOf, type Rhythm } from '#domain/reminders/schedule.ts';
import type { Tx } from '#store/open.ts';
import {
  type ChannelRow,
  channelPlace,
  findChannel,
  putChannel,
  removeChannel,
} from '#store/reminders/channels.ts';
import type { HandlerContext } from '../../context.ts';
import { lastChange } from '../../meanwhile.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { showClient } from '../client.ts';
import { later, localTime } from '../mine.ts';
import { addressOf } from './address.ts';
import { testCard } from './card.ts';
import { postCard } from './post.ts';

interface Wanted {
  readonly version: number;
  /** Left out or empty: the stored one stays. */
  readonly address?: string | undefined;
  readonly rhythm: Rhythm;
  readonly weekday: number;
}

/** Sets up the channel of a client, or changes it. The address goes in and never comes out. */
export async function setTeams(context: HandlerContext, wanted: Wanted) {
  const { client, services, actor, now } = context;
  const { sealer, catalogue, config } = services;
  refuseSandbox(context);
  const typed = wanted.address === undefined || wanted.address.trim() === '' ? null : wanted.address;
  const given = typed === null ? null : addressOf(typed, catalogue.teams, config.privateHosts);
  if (given?.problem != null) throw unprocessable(given.problem);
  const url = given?.url ?? null;
  await context.change(async (tx, recorder) => {
    const before = await findChannel(tx, client.id);
    if ((before?.version ?? 0) !== wanted.version) throw await changedMeanwhile(tx, client.id, before);
    const sealed =
      url === null ? (before?.address_sealed ?? null) : sealer.seal(url.href, channelPlace(client.id));
    if (sealed === null)
      throw unprocessable('There is no address yet. Copy it from the workflow in Teams and enter it here.');
    const host = url?.host ?? before?.host ?? '';
    if (url === null && before?.rhythm === wanted.rhythm && before.weekday === wanted.weekday)
      return recorder.unchanged();
    const stored = await putChannel(
      tx,
      {
        client_id: client.id,
        address_sealed: sealed,
        host,
        rhythm: wanted.rhythm,
        weekday: wanted.weekday,
        claimed_on: later(before?.claimed_on ?? null, periodOf(wanted, localTime(now, client.timezone))),
        changed_by: actor.userId,
        changed_by_name: actor.name,
        changed_at: now,
      },
      wanted.version,
    );
    if (!stored) throw await changedMeanwhile(tx, client.id, await findChannel(tx, client.id));
    await recorder.record({
      subject: { kind: 'client', id: client.id, name: client.name },
      before: before === null ? null : shown(before),
      after: { host, rhythm: wanted.rhythm, weekday: wanted.weekday, addressChanged: url !== null },
    });
  });
  return changed(context);
}

/** Takes the channel away, its address with it. */
export async function removeTeams(context: HandlerContext, version: number) {
  const { client } = context;
  await context.change(async (tx, recorder) => {
    const before = await findChannel(tx, client.id);
    if ((before?.version ?? 0) !== version) throw await changedMeanwhile(tx, client.id, before);
    if (before === null) return recorder.unchanged();
    await removeChannel(tx, client.id);
    await recorder.record({
      subject: { kind: 'client', id: client.id, name: client.name },
      before: shown(before),
    });
  });
  return changed(context);
}

/** Sends a card that says that it is a test, and says what the far side answered. */
export async function testTeams(context: HandlerContext) {
  const { client, services, actor } = context;
  const { sealer, catalogue, config } = services;
  refuseSandbox(context);
  const channel = await context.read((tx) => findChannel(tx, client.id));
  if (channel === null || channel.address_sealed === null)
    throw unprocessable('No channel is set up. Enter the address of a workflow and store it first.');
  const address = new URL(sealer.open(channel.address_sealed, channelPlace(client.id)));
  const card = testCard(actor.name, client.name, config.origin, catalogue.teams);
  const { outcome, status, says, answer } = await postCard(services, address, card);
  await context.change(async (_tx, recorder) => {
    await recorder.record({
      subject: { kind: 'client', id: client.id, name: client.name },
      after: { host: channel.host, outcome, status, answer },
    });
  });
  return { accepted: outcome === 'accepted', status, says, answer };
}

function refuseSandbox({ client }: HandlerContext): void {
  if (client.sandbox)
    throw unprocessable('The sandbox association is invented, so nobody is reminded of its work.');
}

function shown({ host, rhythm, weekday }: ChannelRow) {
  return { host, rhythm, weekday };
}

async function changedMeanwhile(tx: Tx, clientId: string, channel: ChannelRow | null) {
  const { by, at } = await lastChange(tx, { chain: clientId, actions: 'reminders.set_teams' });
  return conflict(
    'Somebody else changed the channel after you opened it. Nothing of yours is stored; look at what stands now.',
    { by, at, version: channel?.version ?? 0 },
  );
}

function changed(context: HandlerContext) {
  context.services.events.publish({ client: context.client.id, topic: 'client', id: null });
  return showClient(context);
}
