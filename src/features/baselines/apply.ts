import type { z } from 'zod';
import { WORKSPACE } from '#store/audit.ts';
import { writersOf } from '#store/baselines/baselines.ts';
import { followBaseline } from '#store/baselines/followers.ts';
import { recordSettings } from '#store/detections/settings.ts';
import type { Tx } from '#store/open.ts';
import { putDraft } from '../charter/index.ts';
import { insertClient } from '../clients/index.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { notifyOfAssigned, queueAssignedNotices } from '../mail/index.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import { holdBack } from '../shared/watch-proposals.ts';
import type { baselinesContract } from './contract.ts';
import { type ClientPlan, type Planned, planFor } from './plan.ts';
import { type NewRow, refuseProblems, requireSome } from './rows.ts';
import { type Loaded, loadBaseline, readBaselineRow, sightOf } from './sight.ts';
import { giveTasks, type OwnerOf, ownersIn } from './tasks.ts';

interface Chosen {
  readonly baseline: string;
  readonly clients: readonly string[];
  readonly rows: readonly NewRow[];
}
type Applied = z.infer<NonNullable<(typeof baselinesContract.apply)['~orpc']['outputSchema']>>;

interface Asked {
  readonly loaded: Loaded;
  readonly chosen: readonly string[];
  readonly visible: readonly string[];
  readonly applicable: ReadonlySet<string>;
}

/** Loads and checks the request; clients that the person may not see are treated as not existing. */
async function asked(context: HandlerContext, { baseline, clients, rows }: Chosen): Promise<Asked> {
  const sight = await sightOf(context);
  const loaded = await loadBaseline(context, sight, baseline);
  requireSome(clients, rows);
  if (loaded.row.retired_at !== null)
    throw unprocessable(`“${loaded.row.name}” is retired. Put it back into use first, or choose another.`);
  if (rows.length > 0 && !sight.create)
    throw forbidden('Only people who look after all clients can create clients. Choose existing clients.');
  const wanted = [...new Set(clients)];
  const found = await context.services.store.read('system', (tx) =>
    tx
      .selectFrom('clients')
      .select(['id', 'slug'])
      .where('slug', 'in', [...wanted, ''])
      .execute(),
  );
  const mine = found.filter(({ id }) => sight.apply.has(id));
  if (mine.length < wanted.length) throw notFound();
  return {
    loaded,
    chosen: mine.map(({ id }) => id),
    visible: await visibleClients(context, 'client.read'),
    applicable: sight.apply,
  };
}

/** The effect of applying a baseline to each client. Stores nothing. */
export async function previewBaseline(context: HandlerContext, input: Chosen) {
  const { loaded, chosen, visible } = await asked(context, input);
  const { checked, plans } = await context.services.store.read('system', (tx) =>
    planFor(tx, {
      loaded,
      chosen,
      rows: input.rows,
      visible,
      catalogue: context.services.catalogue,
      now: context.now,
    }),
  );
  return {
    items: plans.map(({ view }) => view),
    total: plans.length,
    version: loaded.row.version,
    problems: [...checked.problems],
    offers: [...checked.offers],
  };
}

/**
 * Applies a baseline to existing clients and creates new ones in a single transaction. Adds one record to each client's
 * audit chain, and one to the workspace's.
 */
export async function applyBaseline(
  context: HandlerContext,
  input: Chosen & { readonly version: number; readonly reason: string },
): Promise<Applied> {
  const { services } = context;
  const about = await asked(context, input);
  const accounts = await accountsOf(services);
  let touched: readonly string[] = [];
  const done = await context.change(async (tx, recorder): Promise<Applied> => {
    touched = [];
    await lockBaseline(tx, about.loaded.row.id);
    const stored = await readBaselineRow(tx, about.loaded.row.id);
    if (stored === null) throw notFound();
    if (stored.row.version !== input.version || stored.text !== about.loaded.text)
      throw await editConflict(tx, stored);
    const loaded = { ...stored, yaml: about.loaded.yaml };
    const planned = await planFor(tx, {
      loaded,
      chosen: about.chosen,
      rows: input.rows,
      visible: about.visible,
      catalogue: services.catalogue,
      now: context.now,
    });
    refuse(planned, about);
    const applied: Applied['applied'] = [];
    const ownerOf = await ownersIn(tx);
    for (const plan of planned.plans) {
      const { id, ...one } = await applyTo(tx, recorder, plan, {
        context,
        loaded,
        input,
        ownerOf,
        accounts,
      });
      touched = [...touched, id];
      applied.push(one);
    }
    await recorder.record({
      chain: WORKSPACE,
      subject: { kind: 'baseline', id: loaded.row.id, name: loaded.row.name },
      reason: input.reason,
      after: {
        version: loaded.row.version,
        clients: applied.map(({ client, name, created, draft }) => ({ client, name, created, draft })),
      },
    });
    const head = await tx
      .selectFrom('audit_heads')
      .select('seq')
      .where('client_id', '=', WORKSPACE)
      .executeTakeFirst();
    return {
      version: loaded.row.version,
      applied,
      total: applied.length,
      created: applied.filter(({ created }) => created).length,
      record: Number(head?.seq ?? 0),
    };
  });
  for (const id of touched) services.events.publish({ client: id, topic: 'client', id: null });
  notifyOfAssigned(services);
  return done;
}

function refuse({ checked, plans }: Planned, { applicable }: Asked): void {
  refuseProblems(checked);
  if (plans.some(({ client }) => client !== null && !applicable.has(client.id)))
    throw forbidden(
      'One of the rows is about a client to which you cannot apply a baseline. Nothing was stored.',
    );
  const stuck = plans.filter(({ problem }) => problem !== null);
  const [first] = stuck;
  if (first !== undefined)
    throw unprocessable(
      `The baseline cannot be applied to ${first.name}: ${first.problem} Nothing was stored.${stuck.length === 1 ? '' : ` The same goes for ${stuck.length - 1} more.`}`,
    );
}

interface Acting {
  readonly context: HandlerContext;
  readonly loaded: Loaded;
  readonly input: { readonly reason: string };
  readonly ownerOf: OwnerOf;
  readonly accounts: Accounts;
}

async function applyTo(
  tx: Tx,
  recorder: Recorder,
  plan: ClientPlan,
  { context, loaded, input, ownerOf, accounts }: Acting,
): Promise<Applied['applied'][number] & { readonly id: string }> {
  const { actor, now } = context;
  const { row } = loaded;
  const client = plan.client ?? (await made(tx, plan, now));
  const { profile, noted } =
    plan.before === null
      ? { profile: plan.profile, noted: {} }
      : await holdBack(tx, {
          client: client.id,
          before: plan.before,
          after: plan.profile,
          by: actor,
          accounts,
          now,
        });
  const profileChanged = plan.before !== null && JSON.stringify(plan.before) !== JSON.stringify(profile);
  if (profileChanged) {
    await tx
      .updateTable('clients')
      .set((eb) => ({
        profile: JSON.stringify(profile),
        version: eb('version', '+', 1),
        facts_version: eb('facts_version', '+', 1),
      }))
      .where('id', '=', client.id)
      .execute();
    if (plan.before !== null)
      await recordSettings(tx, client.id, { before: plan.before, after: profile, now });
  }
  let charter: unknown = null;
  const draft =
    plan.draft === null
      ? null
      : await putDraft(
          tx,
          // The draft is part of the one audit record that this action adds for the client.
          {
            record: async ({ after }) => {
              charter = after;
            },
          },
          {
            clientId: client.id,
            value: plan.draft,
            title: `From the baseline ${row.name}, version ${row.version}`,
            reason: input.reason,
            origin: `baseline:${row.id}`,
            by: { id: actor.userId, name: actor.name },
            hands: await writersOf(tx, row),
            now,
            replace: true,
          },
        );
  const by = { id: actor.userId, name: actor.name };
  const owners = await giveTasks(tx, { clientId: client.id, tasks: plan.tasks, by, now, ownerOf });
  await queueAssignedNotices(tx, { actor, now, client: { id: client.id, sandbox: false } }, owners);
  await followBaseline(tx, {
    client_id: client.id,
    baseline_id: row.id,
    baseline_version: row.version,
    owner_address: plan.owner,
    tasks: JSON.stringify(plan.tasks),
    draft: draft?.id ?? null,
    applied_at: now,
    applied_by: actor.userId,
    applied_by_name: actor.name,
  });
  await recorder.record({
    chain: client.id,
    subject: { kind: 'client', id: client.id, name: plan.name },
    reason: input.reason,
    before: plan.before === null ? null : { profile: profileChanged ? plan.before : undefined },
    after: {
      baseline: { id: row.id, name: row.name, version: row.version },
      ...(plan.before === null || profileChanged ? { name: plan.name, profile } : {}),
      ...noted,
      owner: plan.owner,
      tasks: plan.tasks,
      draft: draft === null ? null : { id: draft.id, ...(charter as object) },
    },
  });
  return {
    id: client.id,
    client: client.slug,
    name: plan.name,
    created: plan.client === null,
    draft: draft?.id ?? null,
    tasks: plan.tasks.length,
  };
}

async function made(
  tx: Tx,
  plan: ClientPlan,
  now: Date,
): Promise<{ readonly id: string; readonly slug: string }> {
  const client = await insertClient(tx, { name: plan.name, profile: plan.profile, sandbox: false, now });
  const keep = plan.baseline?.client.keep;
  if (keep !== undefined)
    await tx
      .updateTable('clients')
      .set({ settings: JSON.stringify({ retention: { ...keep, version: 1, hold: null } }) })
      .where('id', '=', client.id)
      .execute();
  return client;
}

/** Makes concurrent operations on one baseline take turns. */
async function lockBaseline(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('baselines').select('id').where('id', '=', id).forUpdate().execute();
}

async function editConflict(tx: Tx, { row }: Pick<Loaded, 'row'>) {
  return conflict(
    `${row.changed_by_name} changed this baseline meanwhile; it is at version ${row.version} now. Look at the preview again.`,
    {
      ...(await lastChange(tx, { chain: WORKSPACE, actions: 'baselines.', subject: row.id })),
      version: row.version,
    },
  );
}
// Guide: G0-00 G2.2-24 G2.2-25 G2.2-26
