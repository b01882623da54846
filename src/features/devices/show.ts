import type { z } from 'zod';
import { withKinds } from '#domain/charter/connector-kind.ts';
import type { ReadClause } from '#domain/devices/clauses.ts';
import {
  ASK_ORGANIZATION,
  type DevicePlan,
  isOrganizationId,
  type PlannedKey,
  planDevices,
  telemetryWords,
} from '#domain/devices/plan.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { DeviceProduct } from '#domain/model/device-settings.ts';
import { cached } from '#store/cache.ts';
import { wholeCharter } from '../charter/index.ts';
import { shownCharter } from '../connectors/index.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, notFound } from '../problems.ts';
import type { devicesSchema } from './schemas.ts';

type DevicesView = z.infer<typeof devicesSchema>;
type ProductView = DevicesView['products'][number];

export interface DevicesInput {
  readonly draft?: string | undefined;
  readonly organization?: string | undefined;
}

/** A charter with its context, and the resulting plan for each product. */
export interface Planned {
  readonly shown: Awaited<ReturnType<typeof shownCharter>>;
  /** The charter used, in words. */
  readonly charterWords: string;
  readonly organization: { readonly value: string | null; readonly from: 'charter' | 'asked' | null };
  readonly plans: readonly DevicePlan[];
}

/** Computes the device settings that the chosen charter requires. */
export async function planFor(context: HandlerContext, input: DevicesInput): Promise<Planned> {
  const shown = await context.read((tx) => shownCharter(tx, context, input.draft));
  const charter: Charter = shown.value ?? {};
  const stated = charter.claudeOrganization ?? null;
  const asked = input.organization === undefined || input.organization === '' ? null : input.organization;
  if (asked !== null && !isOrganizationId(asked))
    throw badRequest(
      `“${asked}” is not an organization ID: an ID has 36 characters, with dashes after 8, 13, 18 and 23.`,
    );
  if (asked !== null && stated !== null && asked !== stated)
    throw badRequest(
      `The charter states the organization ${stated}, and ${asked} was given. Leave it out, or change claudeOrganization in the charter.`,
    );
  const plans = context.services.catalogue.devices.map((product) =>
    planDevices(product, {
      charter: withKinds(charter, context.services.catalogue),
      today: shown.today,
      organization: stated ?? asked,
      console: context.services.config.origin,
    }),
  );
  const { current, draft } = shown;
  return {
    shown,
    plans,
    organization: {
      value: stated ?? asked,
      from: stated !== null ? 'charter' : asked === null ? null : 'asked',
    },
    charterWords:
      draft !== null
        ? `Draft “${draft.title}”, not in force`
        : current === null
          ? 'No charter in force'
          : `Charter version ${current.version}`,
  };
}

/** The data of the page. */
export async function showDevices(context: HandlerContext, input: DevicesInput): Promise<DevicesView> {
  const { shown, organization, plans } = await planFor(context, input);
  const { current, draft, drafts, value } = shown;
  const { services, client, scope } = context;
  const delivery = await cached(
    services.store,
    scope,
    { key: `devices ${shown.today}`, weight: 1 },
    async () => {
      const done = await services.verdicts.run(client.id, 'deviceDelivery', undefined);
      if (done === null) throw notFound();
      return done.result;
    },
  );
  const needed = plans.some(({ keys }) => keys.some(({ state }) => state === 'needs'));
  return {
    charter:
      current === null
        ? null
        : { number: current.version, since: wholeCharter(current).inForceSince ?? null },
    draft: draft === null ? null : { id: draft.id, title: draft.title },
    drafts: drafts.map(({ id, title }) => ({ id, title })),
    organization: { ...organization, question: needed ? ASK_ORGANIZATION : null },
    telemetry: telemetryWords(value ?? {}, context.services.config.origin),
    delivery,
    products: value === null ? [] : plans.map(productView),
  };
}

function productView({ product, keys, others, beyond, files }: DevicePlan): ProductView {
  return {
    id: product.id,
    title: product.title,
    binds: product.binds,
    asOf: product.asOf,
    keys: keys.map((one) => keyView(one)),
    others: others.map(({ key, label, says }) => ({ key, label, says })),
    beyond: beyond.map(({ by, clause, says, where, sources }) => ({
      by,
      clause: clauseView(clause),
      says,
      where,
      sources,
    })),
    files: files.map(({ file, lacks, notes }) => ({
      id: file.id,
      title: file.title,
      name: file.name,
      format: file.format,
      platforms: file.platforms,
      places: file.places,
      steps: file.steps,
      lacks: [...lacks],
      notes: [...notes],
      sources: file.sources,
    })),
  };
}

function keyView({ key, state, value, clause, question }: PlannedKey): ProductView['keys'][number] {
  return {
    key: key.key,
    label: key.label,
    says: key.says,
    state,
    value: state === 'set' ? JSON.stringify(value) : null,
    why: key.set?.why ?? '',
    clause: clauseView(clause),
    question,
    otherwise: key.otherwise ?? null,
    notes: state === 'set' || state === 'needs' ? limitsOf(key, value) : [],
    sources: key.sources,
  };
}

/** Limits of a setting: the weaknesses of its value that do not depend on other settings in the file. */
function limitsOf({ weak }: DeviceProduct['keys'][number], value: unknown): string[] {
  return weak
    .filter(
      ({ when, other }) =>
        other === undefined &&
        (when === 'always' || (when === 'true' && value === true) || (when === 'false' && value === false)),
    )
    .map(({ says }) => says);
}

function clauseView({ words, path, answer }: ReadClause): ProductView['keys'][number]['clause'] {
  return { words, path, answer };
}
