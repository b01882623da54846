import { type BaselineDifference, DoesNotFit, overlayTemplate } from '#domain/baselines/overlay.ts';
import type { TemplateCharter } from '#domain/model/baseline.ts';
import type { Charter } from '#domain/model/charter.ts';
import { findClientBySlug } from '#store/access/clients.ts';
import { writersOf } from '#store/baselines/baselines.ts';
import {
  chartersInForce,
  dropKeptDifference,
  type Follower,
  followBaseline,
  followersAmong,
  keepDifference,
  keptDifferences,
} from '#store/baselines/followers.ts';
import type { Tx } from '#store/open.ts';
import { putDraft } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, notFound, unprocessable } from '../problems.ts';
import { type Comparison, compareClient, digestOf, keptAs } from './compare.ts';
import { type Loaded, loadBaseline, sightOf } from './sight.ts';

interface OneClient {
  readonly id: string;
  readonly loaded: Loaded;
  readonly follower: Follower;
}

/** The client whose difference is to be decided, if the person may do that. */
async function decided(context: HandlerContext, baseline: string, slug: string): Promise<OneClient> {
  const sight = await sightOf(context);
  const loaded = await loadBaseline(context, sight, baseline);
  const client = await context.services.store.read('system', (tx) => findClientBySlug(tx, slug));
  if (client === null || !sight.read.includes(client.id)) throw notFound();
  const [follower] = await context.services.store.read([client.id], (tx) =>
    followersAmong(tx, [client.id], baseline),
  );
  if (follower === undefined) throw notFound(`${client.name} does not follow this baseline.`);
  if (!sight.apply.has(client.id))
    throw forbidden(`Differences of ${client.name} are decided by the people who apply baselines to it.`);
  return { id: client.id, loaded, follower };
}

async function comparedNow(
  tx: Tx,
  context: HandlerContext,
  { id, loaded, follower }: OneClient,
): Promise<Comparison> {
  const charter = (await chartersInForce(tx, [id])).get(id) ?? null;
  return compareClient(
    loaded.yaml,
    { name: follower.name, profile: follower.profile, owner: follower.owner_address, charter },
    context.services.catalogue,
    context.now,
  );
}

function found({ differences }: Comparison, key: string, { follower }: OneClient): BaselineDifference {
  const one = differences?.find((difference) => difference.key === key);
  if (one === undefined)
    throw unprocessable(`${follower.name} no longer differs there. Look at the list again.`);
  return one;
}

interface Kept {
  readonly baseline: string;
  readonly client: string;
  readonly key: string;
  readonly reason: string;
}

export async function keepOnPurpose(context: HandlerContext, { baseline, client, key, reason }: Kept) {
  const one = await decided(context, baseline, client);
  const { actor, now } = context;
  await context.change(async (tx, recorder) => {
    const difference = found(await comparedNow(tx, context, one), key, one);
    const before = keptAs(difference, await keptDifferences(tx, [one.id], baseline));
    await keepDifference(tx, {
      client_id: one.id,
      baseline_id: baseline,
      id: key,
      value_digest: digestOf(difference),
      label: difference.what,
      reason,
      decided_at: now,
      decided_by: actor.userId,
      decided_by_name: actor.name,
    });
    await recorder.record({
      chain: one.id,
      subject: { kind: 'baseline_difference', id: key, name: difference.what },
      reason,
      before: before === null ? null : { kept: before.reason },
      after: {
        baseline: one.loaded.row.name,
        client: difference.client,
        template: difference.template,
        kept: reason,
      },
    });
  });
  context.services.events.publish({ client: one.id, topic: 'client', id: null });
  return { kept: true };
}

interface Proposed {
  readonly baseline: string;
  readonly client: string;
  readonly keys: readonly string[];
  readonly reason: string;
}

/** Creates a draft of the client's charter with the baseline's values for these differences. */
export async function proposeAgain(context: HandlerContext, { baseline, client, keys, reason }: Proposed) {
  const one = await decided(context, baseline, client);
  const { actor, now } = context;
  const { row } = one.loaded;
  const draft = await context.change(async (tx, recorder) => {
    const compared = await comparedNow(tx, context, one);
    if (compared.baseline === null || compared.charter === null)
      throw unprocessable(
        compared.problem ??
          `${one.follower.name} has no charter in force, so there is nothing to compare yet.`,
      );
    const differences = keys.map((key) => found(compared, key, one));
    const value = overlayOrConflict(compared.baseline.charter, compared.charter, new Set(keys));
    let charter: unknown = null;
    const created = await putDraft(
      tx,
      {
        record: async ({ after }) => {
          charter = after;
        },
      },
      {
        clientId: one.id,
        value,
        title: `Back to the baseline ${row.name}, version ${row.version}`,
        reason,
        origin: `baseline:${row.id}`,
        by: { id: actor.userId, name: actor.name },
        hands: await writersOf(tx, row),
        now,
      },
    );
    for (const key of keys) await dropKeptDifference(tx, one.id, baseline, key);
    await followBaseline(tx, followed(one.follower, created.id));
    await recorder.record({
      chain: one.id,
      subject: { kind: 'charter_draft', id: created.id, name: row.name },
      reason,
      before: differences.map(({ what, client: was }) => ({ what, value: was })),
      after: {
        baseline: row.name,
        values: differences.map(({ what, template }) => ({ what, value: template })),
        ...(charter as object),
      },
    });
    return created.id;
  });
  context.services.events.publish({ client: one.id, topic: 'client', id: null });
  return { draft };
}

function overlayOrConflict(template: TemplateCharter, charter: Charter, only: ReadonlySet<string>): Charter {
  try {
    return overlayTemplate(template, charter, { only });
  } catch (error) {
    if (error instanceof DoesNotFit) throw unprocessable(error.message);
    throw error;
  }
}

function followed(follower: Follower, draft: string) {
  return {
    client_id: follower.client_id,
    baseline_id: follower.baseline_id,
    baseline_version: follower.baseline_version,
    owner_address: follower.owner_address,
    tasks: JSON.stringify(follower.tasks),
    draft,
    applied_at: follower.applied_at,
    applied_by: follower.applied_by,
    applied_by_name: follower.applied_by_name,
  };
}
