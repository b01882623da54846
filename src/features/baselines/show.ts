import type { z } from 'zod';
import { FIELDS } from '#domain/charter/fields.ts';
import { flatten } from '#domain/charter/flat.ts';
import { type Namer, shownValue } from '#domain/charter/shown-value.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Baseline } from '#domain/model/baseline.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { timeWords } from '#domain/text/moments.ts';
import { besideCharterIn, readBaseline } from '#sources/exports/documents/baseline.ts';
import { baselineNames, versionsOf } from '#store/baselines/baselines.ts';
import {
  chartersInForce,
  draftStates,
  followersAmong,
  keptDifferences,
  profilesOf,
} from '#store/baselines/followers.ts';
import type { HandlerContext } from '../context.ts';
import { aTurn, inTurns } from '../shared/turn.ts';
import { compareClient, keptAs } from './compare.ts';
import { boughtBy, m365Words, whyNotMeant } from './fits.ts';
import { charterIn } from './parts.ts';
import type { baselineSchema } from './schemas.ts';
import { loadBaseline, type Sight, sightOf } from './sight.ts';
import { everyTask, taskTitles } from './tasks.ts';
import { lineOf } from './templates.ts';

type Shown = z.infer<typeof baselineSchema>;

/** A baseline with its versions, its content, and the clients on it. */
export async function showBaseline(context: HandlerContext, id: string): Promise<Shown> {
  const { services, now } = context;
  const { catalogue } = services;
  const sight = await sightOf(context);
  const loaded = await loadBaseline(context, sight, id);
  const { baseline } = readBaseline(loaded.yaml);
  const parts = besideCharterIn(loaded.yaml);
  const versions = await services.store.read('system', (tx) => versionsOf(tx, id));
  const titles = taskTitles(catalogue);
  const stored = await services.store.read(sight.read, async (tx) => {
    const followers = await followersAmong(tx, sight.read, id);
    const ids = followers.map(({ client_id }) => client_id);
    return {
      followers,
      charters: await chartersInForce(tx, ids),
      drafts: await draftStates(tx, ids),
      kept: Map.groupBy(await keptDifferences(tx, ids, id), ({ client_id }) => client_id),
    };
  });
  const items = await inTurns(stored.followers, async (one) => {
    const charter = stored.charters.get(one.client_id) ?? null;
    const compared = await compareClient(
      loaded.yaml,
      { name: one.name, profile: one.profile, owner: one.owner_address, charter },
      catalogue,
      now,
    );
    const open = compared.differences?.filter(
      (difference) => keptAs(difference, stored.kept.get(one.client_id) ?? []) === null,
    );
    return {
      client: one.slug,
      name: one.name,
      version: one.baseline_version,
      older: one.baseline_version < loaded.row.version,
      applied: { by: one.applied_by_name, at: one.applied_at.toISOString() },
      owner: one.owner_address,
      charter: charter?.version ?? null,
      draft: one.draft === null ? null : { id: one.draft, state: stored.drafts.get(one.draft) ?? 'removed' },
      differences:
        open === undefined || compared.differences === null
          ? null
          : {
              open: open.length,
              kept: compared.differences.length - open.length,
              looser: open.filter(({ status }) => status === 'looser').length,
            },
      tasks: one.tasks.map(({ task, by, owner, due }) => ({
        task,
        title: titles.get(task) ?? task,
        by,
        owner,
        due,
      })),
      texts: compared.baseline?.texts ?? [],
      problem: compared.problem,
    };
  });
  await aTurn();
  return {
    ...lineOf(context, loaded.row, baseline, stored.followers),
    yaml: loaded.text,
    charter: charterIn(loaded.yaml),
    parts,
    versions: versions.map((one) => ({
      version: one.version,
      by: one.made_by_name,
      at: one.made_at.toISOString(),
      note: one.note,
    })),
    items,
    states: statesOf(baseline, catalogue),
    tasks: everyTask(catalogue),
    deployment: parts.deployment.map(({ task, by, owner, dueDays }) => ({
      task,
      title: titles.get(task) ?? task,
      by,
      owner: owner ?? null,
      dueDays: dueDays ?? null,
    })),
    defaults: defaultsOf(baseline),
    may: mayOf(sight),
  };
}

function mayOf({ manage, create, apply }: Sight): Shown['may'] {
  return { manage, create, apply: apply.size > 0 || create };
}

/** What a baseline states of a charter, with sample values in place of placeholders. */
function statesOf({ charter }: Baseline, catalogue: Namer): Shown['states'] {
  const names = new Map((charter.connectors ?? []).map(({ name }) => [name.toLowerCase(), name]));
  return [...flatten(charter).values()]
    .filter(({ is }) => is === 'value' || is === 'entry')
    .map((leaf) => {
      const label = ownValue(FIELDS, leaf.pattern)?.label ?? leaf.written.join(' ');
      const value = shownValue(leaf, catalogue);
      if (!leaf.pattern.startsWith('connectors.*')) return { what: label, value, connector: null };
      const connector = names.get(leaf.written[1] ?? '');
      const name = connector ?? leaf.written[1] ?? '';
      const about = leaf.pattern === 'connectors.*.actions.*' ? (leaf.written.at(-1) ?? '') : label;
      return { what: `${name}: ${about === '*' ? 'all other actions' : about}`, value, connector: name };
    });
}

function defaultsOf({ client }: Baseline): Shown['defaults'] {
  return [
    ['Time zone', client.timezone],
    ['Web gateway', client.swg === null ? 'None' : client.swg],
    ['SIEM', client.siem === null ? 'None' : client.siem],
    ['Device management', client.deviceManagement === null ? 'None' : client.deviceManagement],
    ['Add-ons', client.addOns?.join(', ')],
    [
      'Normal hours',
      client.normalHours &&
        `${timeWords(client.normalHours.start)} to ${timeWords(client.normalHours.end)}, ${client.normalHours.days.join(' ')}`,
    ],
    ['Readings kept', client.keep && keptWords(client.keep.readings)],
    ['Reports kept', client.keep && keptWords(client.keep.reports)],
  ].flatMap(([name, value]) =>
    name === undefined || value === undefined || value === '' ? [] : [{ name, value }],
  );
}

const keptWords = (months: string) => (months === 'forever' ? 'Permanently' : `${months} months`);

/** Clients to which a baseline can be applied, with reasons against it. */
export async function candidatesFor(context: HandlerContext, id: string) {
  const { services } = context;
  const sight = await sightOf(context);
  const { yaml } = await loadBaseline(context, sight, id);
  const { baseline } = readBaseline(yaml);
  const ids = [...sight.apply];
  const names = await services.store.read('system', (tx) => baselineNames(tx));
  const [clients, followers] = await services.store.read(ids, async (tx) => [
    await profilesOf(tx, ids),
    await followersAmong(tx, ids),
  ]);
  const following = new Map(followers.map((one) => [one.client_id, one]));
  const items = clients.map((client) => {
    const bought = boughtBy(client.profile);
    const follower = following.get(client.id);
    const followed = names.get(follower?.baseline_id ?? '');
    return {
      client: client.slug,
      name: client.name,
      plan: bought.claudePlan,
      planName: CLAUDE_PLAN_WORDS[bought.claudePlan],
      m365Name: m365Words(services.catalogue, bought.m365),
      fits: whyNotMeant(baseline, bought, services.catalogue),
      follows:
        follower === undefined || followed === undefined
          ? null
          : { id: follower.baseline_id, name: followed.name, version: follower.baseline_version },
    };
  });
  return { items, total: items.length };
}
