import type { z } from 'zod';
import { DoesNotFit, overlayTemplate, spelledOut } from '#domain/baselines/overlay.ts';
import { diffCharters } from '#domain/charter/diff.ts';
import { tooLarge } from '#domain/charter/size.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Baseline } from '#domain/model/baseline.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import { type Profile, profileSchema } from '#domain/model/profile.ts';
import { timeWords } from '#domain/text/moments.ts';
import { baselineNames } from '#store/baselines/baselines.ts';
import {
  chartersInForce,
  type Follower,
  followersAmong,
  type KeptDifferenceRow,
  keptDifferences,
  profilesOf,
} from '#store/baselines/followers.ts';
import type { Tx } from '#store/open.ts';
import type { AppliedTask } from '#store/schema/baselines.ts';
import { unprocessable } from '../problems.ts';
import { aTurn } from '../shared/turn.ts';
import { type Comparison, compareClient, keptAs } from './compare.ts';
import { m365Words, whyNotMeant } from './fits.ts';
import { type CheckedRows, checkRows, filledProfile, type KnownClient, type NewRow } from './rows.ts';
import type { planSchema } from './schemas.ts';
import type { Loaded } from './sight.ts';
import { tasksFrom } from './tasks.ts';

export type PlanView = z.infer<typeof planSchema>;

/** The effect of applying a baseline to one client. */
export interface ClientPlan {
  /** null for a new client. */
  readonly client: KnownClient | null;
  readonly row: NewRow | null;
  readonly name: string;
  readonly owner: string | null;
  readonly before: Profile | null;
  readonly profile: Profile;
  /** null if the baseline cannot be filled, and `problem` says why. */
  readonly baseline: Baseline | null;
  /** Why it cannot be applied, as a sentence. */
  readonly problem: string | null;
  /** The charter to propose; null if there is nothing to propose. */
  readonly draft: Charter | null;
  readonly tasks: readonly AppliedTask[];
  readonly view: PlanView;
}

export interface PlanInput {
  readonly loaded: Loaded;
  /** Ids of the chosen clients. */
  readonly chosen: readonly string[];
  readonly rows: readonly NewRow[];
  /** Ids of the clients that the person may see. */
  readonly visible: readonly string[];
  readonly catalogue: Catalogue;
  readonly now: Date;
}

export interface Planned {
  readonly checked: CheckedRows;
  readonly plans: readonly ClientPlan[];
}

/** Computes what applying would do to each client. Writes nothing. */
export async function planFor(tx: Tx, input: PlanInput): Promise<Planned> {
  const { loaded, chosen, rows, visible, catalogue, now } = input;
  const known = await profilesOf(tx, visible);
  const checked = checkRows(rows, known);
  const rowOf = new Map(checked.updates.map(({ row, client }) => [client.id, row]));
  const ids = [...new Set([...chosen, ...rowOf.keys()])];
  const charters = await chartersInForce(tx, ids);
  const following = new Map((await followersAmong(tx, ids)).map((one) => [one.client_id, one]));
  const kept = Map.groupBy(await keptDifferences(tx, ids, loaded.row.id), ({ client_id }) => client_id);
  const names = await baselineNames(tx);
  const byId = new Map(known.map((client) => [client.id, client]));
  let changes = 0;
  const counted = (plan: ClientPlan): ClientPlan => {
    changes += plan.view.charter.changes.length;
    if (changes > MAX_CHANGES)
      throw unprocessable(
        `Together, these clients would get more than ${MAX_CHANGES.toLocaleString('en-US')} changes. Choose fewer at a time.`,
      );
    return plan;
  };
  const plans: ClientPlan[] = [];
  // Comparing and merging a large charter is slow, so other requests run in between; one client at a time limits
  // memory.
  const add = async (parts: Parts) => {
    await aTurn();
    plans.push(counted(finish(parts)));
    await aTurn();
  };
  for (const client of ids.flatMap((id) => byId.get(id) ?? [])) {
    const follower = following.get(client.id);
    await add(
      await partsOfExisting({
        client,
        row: rowOf.get(client.id) ?? null,
        charter: charters.get(client.id) ?? null,
        follower,
        followedName: names.get(follower?.baseline_id ?? '')?.name ?? null,
        kept: kept.get(client.id) ?? [],
        loaded,
        catalogue,
        now,
      }),
    );
  }
  for (const row of checked.fresh) await add(await partsOfNew(row, loaded, catalogue, now));
  return { checked, plans };
}

/**
 * Maximum changes of charters that one request makes or shows; a baseline has about a hundred, and 200 clients may be
 * chosen.
 */
const MAX_CHANGES = 40_000;

interface Existing {
  readonly client: KnownClient;
  readonly row: NewRow | null;
  readonly charter: { readonly version: number; readonly value: unknown } | null;
  readonly follower: Follower | undefined;
  readonly followedName: string | null;
  readonly kept: readonly KeptDifferenceRow[];
  readonly loaded: Loaded;
  readonly catalogue: Catalogue;
  readonly now: Date;
}

async function partsOfExisting(existing: Existing): Promise<Parts> {
  const { client, row, charter, follower, followedName, kept, ...rest } = existing;
  const { loaded, catalogue, now } = rest;
  const before = profileSchema.parse(client.profile);
  const owner = row?.owner ?? follower?.owner_address ?? null;
  const compared = await compareClient(
    loaded.yaml,
    { name: client.name, profile: client.profile, owner, charter },
    catalogue,
    now,
  );
  const defaults = compared.baseline?.client ?? {};
  const profile = filledProfile(before, row ?? {}, row === null ? {} : defaults);
  return {
    client,
    row,
    name: client.name,
    owner: compared.values.owner,
    before,
    profile,
    compared,
    kept,
    charterVersion: charter?.version ?? null,
    follows:
      followedName === null || follower === undefined
        ? null
        : { name: followedName, version: follower.baseline_version },
    catalogue,
  };
}

async function partsOfNew(row: NewRow, loaded: Loaded, catalogue: Catalogue, now: Date): Promise<Parts> {
  const plain = { name: row.name, domains: row.domains, claudePlan: row.claudePlan, timezone: 'UTC' };
  const first = await compareClient(
    loaded.yaml,
    { name: row.name, profile: plain, owner: row.owner ?? null, charter: null },
    catalogue,
    now,
  );
  const defaults = first.baseline?.client ?? {};
  const timezone = defaults.timezone ?? 'UTC';
  const profile = filledProfile(profileSchema.parse({ ...plain, timezone }), row, defaults);
  const compared = await compareClient(
    loaded.yaml,
    { name: row.name, profile, owner: row.owner ?? null, charter: null },
    catalogue,
    now,
  );
  return {
    client: null,
    row,
    name: row.name,
    owner: compared.values.owner,
    before: null,
    profile,
    compared,
    kept: [],
    charterVersion: null,
    follows: null,
    catalogue,
  };
}

interface Parts {
  readonly client: KnownClient | null;
  readonly row: NewRow | null;
  readonly name: string;
  readonly owner: string | null;
  readonly before: Profile | null;
  readonly profile: Profile;
  readonly compared: Comparison;
  readonly kept: readonly KeptDifferenceRow[];
  readonly charterVersion: number | null;
  readonly follows: PlanView['follows'];
  readonly catalogue: Catalogue;
}

function finish(parts: Parts): ClientPlan {
  const { client, row, name, owner, before, profile, compared, kept, catalogue } = parts;
  const { baseline, charter, differences, today } = compared;
  const onPurpose = (differences ?? []).flatMap((one) => {
    const decision = keptAs(one, kept);
    return decision === null ? [] : [{ difference: one, decision }];
  });
  const except = new Set(onPurpose.map(({ difference }) => difference.key));
  const own = charter ?? {};
  const { charter: wanted, problem: unfit } =
    baseline === null ? { charter: own, problem: null } : overlaidCharter(baseline, own, except);
  const problem = compared.problem ?? unfit;
  const changes = diffCharters(own, wanted, catalogue, today);
  const further = (differences ?? []).filter(({ template, key }) => template === null && !except.has(key));
  const tasks = baseline === null ? [] : tasksFrom(baseline, catalogue, today);
  return {
    client,
    row,
    name,
    owner,
    before,
    profile,
    baseline,
    problem,
    draft: changes.length === 0 ? null : wanted,
    tasks,
    view: {
      client: client?.slug ?? null,
      row: row?.row ?? null,
      name,
      act: client === null ? 'create' : 'update',
      fits: baseline === null ? null : whyNotMeant(baseline, profile, catalogue),
      follows: parts.follows,
      profile: profileChanges(before, profile, catalogue),
      charter: {
        version: parts.charterVersion,
        changes: changes.map(({ what, before: was, after, direction }) => ({
          what: spelledOut(what),
          before: was,
          after,
          looser: charter !== null && direction === 'looser',
        })),
        stays: [
          ...onPurpose.map(({ difference, decision }) => ({
            what: difference.what,
            value: difference.client,
            reason: decision.reason,
          })),
          ...further.map(({ what, client: value }) => ({ what, value, reason: null })),
        ],
      },
      leftOut: [...compared.leftOut],
      tasks: tasks.length,
      problem,
    },
  };
}

/**
 * The charter with the baseline's additions; unchanged, with a sentence, if the result would exceed the maximum size.
 */
function overlaidCharter(
  baseline: Baseline,
  own: Charter,
  except: ReadonlySet<string>,
): { readonly charter: Charter; readonly problem: string | null } {
  try {
    const charter = overlayTemplate(baseline.charter, own, 'adds', except);
    const problem = tooLarge(charter);
    return { charter: problem === null ? charter : own, problem };
  } catch (error) {
    if (!(error instanceof DoesNotFit)) throw error;
    return { charter: own, problem: error.message };
  }
}

function profileChanges(before: Profile | null, after: Profile, catalogue: Catalogue): PlanView['profile'] {
  const shown = (profile: Profile): Record<string, string | null> => ({
    Domains: profile.domains.join(', '),
    'Claude plan': CLAUDE_PLAN_WORDS[profile.claudePlan],
    'Microsoft license': profile.m365 === undefined ? null : m365Words(catalogue, profile.m365),
    Staff: profile.staffCount === undefined ? null : String(profile.staffCount),
    'Time zone': profile.timezone,
    'Web gateway': profile.swg === null ? 'None' : profile.swg || null,
    SIEM: profile.siem === null ? 'None' : profile.siem || null,
    'Device management': profile.deviceManagement === null ? 'None' : profile.deviceManagement || null,
    'Add-ons': profile.addOns.length === 0 ? null : profile.addOns.join(', '),
    'Normal hours':
      profile.normalHours === undefined
        ? null
        : `${timeWords(profile.normalHours.start)} to ${timeWords(profile.normalHours.end)}, ${profile.normalHours.days.join(' ')}`,
  });
  const was = before === null ? {} : shown(before);
  return Object.entries(shown(after)).flatMap(([name, value]) =>
    value === null || value === (was[name] ?? null)
      ? []
      : [{ name, before: was[name] ?? null, after: value }],
  );
}
