import { withWatched } from '#domain/detections/watched-profile.ts';
import { recordSettings } from '#store/detections/settings.ts';
import {
  findWatchProposal,
  removeWatchProposal,
  type WatchProposal,
} from '#store/detections/watch-proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { heldProfile, noLongerOpen, proposedView, whyNotSecondTo } from '../shared/watch-proposals.ts';
import { readClient, type StoredClient } from './store.ts';

interface WithProposal {
  readonly client: StoredClient;
  /** The change of its profile that waits for a second person. */
  readonly proposal: WatchProposal | undefined;
}

export async function withProposal(tx: Tx, client: StoredClient): Promise<WithProposal> {
  return { client, proposal: await findWatchProposal(tx, client.id, 'profile') };
}

/** A client as it is shown. */
export async function detail(
  context: HandlerContext,
  client: StoredClient,
  proposal: WatchProposal | undefined,
) {
  const { asOf: _, ...profile } = client.profile;
  return {
    id: client.id,
    client: client.slug,
    name: client.name,
    sandbox: client.sandbox,
    version: client.version,
    profile,
    hasLogo: client.hasLogo,
    createdAt: client.createdAt.toISOString(),
    can: { edit: context.can('client.edit'), remove: context.can('client.remove') },
    proposed:
      proposal === undefined
        ? null
        : {
            ...proposedView(
              proposal,
              whyNotSecondTo(context, await accountsOf(context.services), proposal, 'client.edit'),
            ),
            profile: heldProfile.parse(proposal.value),
          },
  };
}

interface Chosen {
  /** The one that was seen: another may be there since. */
  readonly proposed: string;
}

/** Puts into force what somebody else proposed of the profile, with which rules find less. */
export async function approveProfile(context: HandlerContext, input: Chosen) {
  const { services, now } = context;
  const accounts = await accountsOf(services);
  const client = await context.change(async (tx, recorder) => {
    const row = await chosen(tx, context.client.id, input);
    const why = whyNotSecondTo(context, accounts, row, 'client.edit');
    if (why !== null) throw forbidden(why);
    const before = await readClient(tx, context.client.id);
    const profile = withWatched(before.profile, heldProfile.parse(row.value));
    await tx
      .updateTable('clients')
      .set((eb) => ({ profile: JSON.stringify(profile), version: eb('version', '+', 1) }))
      .where('id', '=', before.id)
      .execute();
    await recordSettings(tx, before.id, { before: before.profile, after: profile, now });
    if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
    await recorder.record({
      subject: { kind: 'client', id: before.id, name: before.name },
      before: { profile: before.profile },
      after: { profile, proposedBy: row.proposed_by_name },
    });
    await recorder.facts();
    return readClient(tx, before.id);
  });
  services.events.publish({ client: context.client.id, topic: 'client', id: null });
  return detail(context, client, undefined);
}

/** Takes a change of the profile back that waits, or refuses it. */
export async function withdrawProfile(context: HandlerContext, input: Chosen & { readonly reason: string }) {
  const client = await context.change(async (tx, recorder) => {
    const row = await chosen(tx, context.client.id, input);
    if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
    const stored = await readClient(tx, context.client.id);
    await recorder.record({
      subject: { kind: 'client', id: stored.id, name: stored.name },
      reason: input.reason,
      before: { proposed: row.value, proposedBy: row.proposed_by_name },
      after: { proposed: null },
    });
    return stored;
  });
  context.services.events.publish({ client: context.client.id, topic: 'client', id: null });
  return detail(context, client, undefined);
}

async function chosen(tx: Tx, clientId: string, { proposed }: Chosen): Promise<WatchProposal> {
  const row = await findWatchProposal(tx, clientId, 'profile');
  if (row === undefined || row.id !== proposed) throw noLongerOpen();
  return row;
}
// Guide: G7.1-05
