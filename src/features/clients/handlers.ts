import { recordSettings } from '#store/detections/settings.ts';
import type { Tx } from '#store/open.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { lastChange } from '../last-change.ts';
import { badRequest, conflict } from '../problems.ts';
import { refuseAnyHold } from '../retention/index.ts';
import { forgetClient } from '../shared/per-client.ts';
import { accountsOf } from '../shared/second-person.ts';
import { holdBack } from '../shared/watch-proposals.ts';
import { removeForwarded } from '../sinks/index.ts';
import type { clientsContract } from './contract.ts';
import { insertClient, profileFrom } from './create.ts';
import { readLogo } from './logo.ts';
import { approveProfile, detail, withdrawProfile, withProposal } from './profile-proposals.ts';
import { readClient, type StoredClient } from './store.ts';

export const clientsHandlers: HandlersOf<typeof clientsContract> = {
  create: async (context, input) => {
    const profile = profileFrom(input);
    const created = await context.change(async (tx, recorder) => {
      const client = await insertClient(tx, {
        name: input.name,
        profile,
        sandbox: false,
        now: context.now,
      });
      await recorder.record({
        chain: client.id,
        subject: { kind: 'client', id: client.id, name: input.name },
        after: { name: input.name, profile },
      });
      return client;
    });
    await context.services.verdicts.refresh(created.id);
    return {
      id: created.id,
      client: created.slug,
      name: input.name,
      sandbox: false,
      version: created.version,
    };
  },

  get: async (context) => {
    const { client, proposal } = await context.read(async (tx) =>
      withProposal(tx, await readClient(tx, context.client.id)),
    );
    return detail(context, client, proposal);
  },

  update: async (context, input) => {
    const profile = profileFrom({ ...input.profile, name: input.name });
    const accounts = await accountsOf(context.services);
    const changed = await context.change(async (tx, recorder) => {
      const before = await readClient(tx, context.client.id);
      if (before.version !== input.version) throw await editedMeanwhile(tx, before);
      const stored = { name: before.name, profile: before.profile };
      const next = { name: input.name, profile };
      if (JSON.stringify(stored) === JSON.stringify(next)) {
        recorder.unchanged();
        return withProposal(tx, before);
      }
      const held = await holdBack(tx, {
        client: before.id,
        before: before.profile,
        after: profile,
        by: context.actor,
        accounts,
        now: context.now,
      });
      const updated = await tx
        .updateTable('clients')
        .set((eb) => ({
          name: input.name,
          profile: JSON.stringify(held.profile),
          version: eb('version', '+', 1),
        }))
        .where('id', '=', before.id)
        .where('version', '=', input.version)
        .executeTakeFirst();
      if (Number(updated.numUpdatedRows) === 0) throw await editedMeanwhile(tx, before);
      await recordSettings(tx, before.id, { before: before.profile, after: held.profile, now: context.now });
      await recorder.record({
        subject: { kind: 'client', id: before.id, name: input.name },
        before: stored,
        after: { name: input.name, profile: held.profile, ...held.noted },
      });
      await recorder.facts();
      return withProposal(tx, await readClient(tx, before.id));
    });
    context.services.events.publish({ client: context.client.id, topic: 'client', id: null });
    return detail(context, changed.client, changed.proposal);
  },

  approveProfile,
  withdrawProfile,

  setLogo: async (context) => {
    const logo = await readLogo(context.request.body);
    await context.change(async (tx, recorder) => {
      await tx.updateTable('clients').set({ logo }).where('id', '=', context.client.id).execute();
      await recorder.record({
        subject: { kind: 'client', id: context.client.id, name: context.client.name },
        after: { logoBytes: logo.length },
      });
    });
    return { hasLogo: true };
  },

  removeLogo: async (context) => {
    await context.change(async (tx, recorder) => {
      const { hasLogo } = await readClient(tx, context.client.id);
      if (!hasLogo) {
        recorder.unchanged();
        return;
      }
      await tx.updateTable('clients').set({ logo: null }).where('id', '=', context.client.id).execute();
      await recorder.record({
        subject: { kind: 'client', id: context.client.id, name: context.client.name },
      });
    });
    return { hasLogo: false };
  },

  remove: async (context, input) => {
    const { client } = context;
    if (!client.sandbox && input.name?.trim() !== client.name)
      throw badRequest(`Write the name of the client, “${client.name}”, to remove it.`);
    await context.change(async (tx, recorder) => {
      if (!client.sandbox) await refuseAnyHold(tx, context);
      const before = await readClient(tx, client.id);
      await recorder.record({
        subject: { kind: 'client', id: client.id, name: client.name },
        before: { name: before.name, profile: before.profile, sandbox: before.sandbox },
      });
      await tx.deleteFrom('clients').where('id', '=', client.id).execute();
    });
    forgetClient(context.services.store, client.id);
    await removeForwarded(context.services.config, client.id);
    context.services.events.publish({ client: client.id, topic: 'client', id: null });
    return { removed: true };
  },

  openSandbox: async (context) => (await import('./sandbox.ts')).openSandbox(context),
};

async function editedMeanwhile(tx: Tx, client: StoredClient) {
  return conflict(
    'Someone else changed this client after you opened it. Nothing of yours is stored; look at the current version.',
    {
      ...(await lastChange(tx, { chain: client.id, actions: 'clients.update' })),
      version: client.version,
    },
  );
}
