import { findSku, holdings } from '../capabilities/holdings.ts';
import { evaluateCondition } from '../decide/conditions.ts';
import type { EvaluationState } from '../decide/context.ts';
import type { Catalogue, Connector, Control } from '../model/catalogue.ts';
import type { State } from '../model/verdict.ts';
import { matchConnector } from '../rules/connectors/match.ts';

export type Known = 'yes' | 'no' | 'unknown';

/** Result per control or capability id; ids that are not in the catalogue are missing. */
type ById = Readonly<Record<string, Known>>;

/** What one client uses of the catalogue, before and after a change. Plain data. */
export interface Use {
  /** Whether each control applies. */
  readonly applies: { readonly before: ById; readonly after: ById };
  /** Whether each capability is held. */
  readonly held: { readonly before: ById; readonly after: ById };
  /** Sources of each connector of the catalogue that the client uses. */
  readonly connectors: Readonly<Record<string, readonly ('charter' | 'observed')[]>>;
  /** Its Claude plan, guide columns, add-ons, products and service plans. */
  readonly licenses: {
    readonly plan: string;
    readonly tiers: readonly string[];
    readonly addOns: readonly string[];
    readonly skus: readonly string[];
    readonly servicePlans: readonly string[];
  };
  /** Clauses that the policy contains according to its charter. */
  readonly clauses: readonly string[];
  /** Current states. */
  readonly states: Readonly<Record<string, State>>;
  readonly comparisons: readonly {
    readonly name: string;
    readonly goal: string | null;
    readonly purchases: readonly string[];
  }[];
  /** Purchases with a quote, which takes precedence over the list price. */
  readonly quoted: readonly string[];
  /** The baseline it follows, if that is a copy of one shipped with Bylaw. */
  readonly baseline: { readonly shipped: string; readonly name: string } | null;
}

/** The part that comes from a client's plans page and baselines; the rest is derived from its facts. */
export type UseContext = Pick<Use, 'states' | 'comparisons' | 'quoted' | 'baseline'>;

/** A client's use, derived from its facts with the catalogues before and after. */
export function useOf(before: EvaluationState, after: EvaluationState, beside: UseContext): Use {
  return {
    ...beside,
    applies: { before: appliesBy(before), after: appliesBy(after) },
    held: { before: heldBy(before), after: heldBy(after) },
    connectors: connectorsOf(before, after),
    licenses: licensesOf(before, after),
    clauses: after.charter.ok ? (after.charter.value.policy?.clauses ?? []) : [],
  };
}

function appliesBy(shared: EvaluationState): ById {
  const reported = (control: Control): Known =>
    control.appliesWhen === undefined ? 'yes' : evaluateCondition(control.appliesWhen, shared).is;
  return Object.fromEntries(
    shared.input.catalogue.controls.map((control) => [control.id, reported(control)]),
  );
}

function heldBy(shared: EvaluationState): ById {
  return Object.fromEntries(
    shared.input.catalogue.capabilities.map(({ id }) => [id, shared.capability(id).has]),
  );
}

function connectorsOf(before: EvaluationState, after: EvaluationState): Use['connectors'] {
  const found = new Map<string, Set<'charter' | 'observed'>>();
  const note = (name: string, how: 'charter' | 'observed', catalogue: Pick<Catalogue, 'connectors'>) => {
    for (const { id } of matchConnector(name, catalogue).entries as readonly Connector[])
      found.set(id, (found.get(id) ?? new Set<'charter' | 'observed'>()).add(how));
  };
  for (const shared of [before, after]) {
    const { charter, input } = shared;
    const table = shared.read('connectors', Number.POSITIVE_INFINITY);
    if (charter.ok)
      for (const { name } of charter.value.connectors ?? []) note(name, 'charter', input.catalogue);
    if (table.ok) for (const row of table.rows) note(row.connector, 'observed', input.catalogue);
  }
  return Object.fromEntries([...found].map(([id, how]) => [id, [...how].sort()]));
}

function licensesOf(before: EvaluationState, after: EvaluationState): Use['licenses'] {
  const { profile } = after.input;
  const tiers = new Set<string>();
  const addOns = new Set<string>();
  const skus = new Set<string>();
  const plans = new Set<string>();
  if (typeof profile.m365 === 'string') tiers.add(profile.m365);
  for (const shared of [before, after]) {
    const { licenses } = shared.input.catalogue;
    const held = holdings(shared.input, (days) => shared.read('subscribed_skus', days));
    for (const id of held.addOns) addOns.add(id);
    for (const name of held.plans.keys()) plans.add(name);
    const file = shared.read('subscribed_skus', Number.POSITIVE_INFINITY);
    const rows = file.ok ? file.rows.filter((row) => row.enabledUnits !== 0) : [];
    const stated = Array.isArray(profile.m365) ? profile.m365 : [];
    const products = [
      ...rows.map((row) => findSku(licenses, row.skuId, row.partNumber)),
      ...[...stated, ...profile.addOns].map((part) => findSku(licenses, null, part)),
    ];
    for (const sku of products) {
      if (sku === null) continue;
      skus.add(sku.partNumber);
      tiers.add(sku.tier);
    }
  }
  return {
    plan: profile.claudePlan,
    tiers: [...tiers],
    addOns: [...addOns],
    skus: [...skus],
    servicePlans: [...plans],
  };
}
