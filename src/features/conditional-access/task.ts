import { policyBody } from '#domain/conditional-access/body.ts';
import {
  type AccessOverview,
  accessOverview,
  type RecordedTemplates,
} from '#domain/conditional-access/overview.ts';
import { type PortalStep, portalSteps } from '#domain/conditional-access/portal.ts';
import {
  type OtherApp,
  otherApps,
  type PeopleReached,
  peopleReached,
} from '#domain/conditional-access/reach.ts';
import {
  type ForTenant,
  type GraphCall,
  graphCalls,
  powershell,
  terraform,
} from '#domain/conditional-access/scripts.ts';
import { type AccessStep, stepsTo } from '#domain/conditional-access/steps.ts';
import { claudeApps, type NotRead } from '#domain/conditional-access/tenant.ts';
import type { AccessTemplateId } from '#domain/model/conditional-access.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { Quote } from '#domain/planner/cost.ts';
import { plannedFor } from '#domain/planner/position.ts';
import { readCaPolicy } from '#sources/microsoft/ca-policy.ts';
import { stepsFor } from '../planner/index.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { type AskedPolicy, askedPolicy } from './asked-policy.ts';
import { tenantOf } from './tenant.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    conditionalAccess: typeof conditionalAccess;
    conditionalAccessSteps: typeof conditionalAccessSteps;
    conditionalAccessUnlocks: typeof conditionalAccessUnlocks;
  }
}

/** The capabilities that policies need, by template. */
export type NeedsOf = Partial<Readonly<Record<AccessTemplateId, readonly string[]>>>;

/** What would unlock a policy that the licenses do not include: the cheapest way, and one whose price is not known. */
export type Unlocks = ReturnType<typeof stepsFor>;

export interface Overview extends AccessOverview {
  /** The session policy in the Defender portal according to the journal; null if there is no entry. */
  readonly sessionPolicy: NonNullable<Journal['sessionPolicy']> | null;
}

/** What Conditional Access does for Claude, or why that is not known. */
export function conditionalAccess(
  input: TaskInput,
  { recorded }: { readonly recorded: RecordedTemplates },
): Overview | NotRead {
  const tenant = tenantOf(input);
  if ('why' in tenant) return tenant;
  const found = accessOverview(input.shared.input.catalogue.conditionalAccess, tenant, recorded);
  const { journal } = tenant.context;
  return { ...found, sessionPolicy: (journal.ok ? journal.value.sessionPolicy : null) ?? null };
}

/**
 * What would unlock policies that are not licensed, by template. A separate task, because it evaluates every control
 * again for what a client could buy, which is slow, and only the Conditional Access page shows it.
 */
export function conditionalAccessUnlocks(
  { shared }: TaskInput,
  { needs, quotes }: { readonly needs: NeedsOf; readonly quotes: readonly Quote[] },
): Partial<Readonly<Record<AccessTemplateId, Unlocks>>> {
  const planned = plannedFor(shared);
  return Object.fromEntries(Object.entries(needs).map(([id, ids]) => [id, stepsFor(planned, ids, quotes)]));
}

export interface StepsAnswer {
  readonly name: string;
  readonly policy: unknown;
  readonly steps: readonly AccessStep[];
  readonly blocked: boolean;
  readonly graph: readonly GraphCall[];
  readonly powershell: string;
  readonly terraform: string;
  readonly portal: readonly PortalStep[];
  /** null if no reading contains exactly one group that matches the requested one. */
  readonly reach: PeopleReached | null;
  /**
   * Applications other than Claude that a policy on all resources would affect; null if it is only for Claude's
   * applications.
   */
  readonly others: readonly OtherApp[] | null;
}

/** The steps that bring a policy to a state; null if Entra was not read or there is no such template. */
export function conditionalAccessSteps(
  input: TaskInput,
  { where, ...params }: AskedPolicy & { readonly where: ForTenant },
): StepsAnswer | NotRead | null {
  const asked = askedPolicy(input, params);
  if (asked === null || 'why' in asked) return asked;
  const { tenant, data, template, chosen, unresolved, values, open, match } = asked;
  const blocked = unresolved.length > 0 || open.some(({ blocking }) => blocking);
  const policy = policyBody(template, values, params.state);
  const row = readCaPolicy(JSON.parse(JSON.stringify({ id: template.id, ...policy })), '', 0);
  const steps = blocked ? [] : stepsTo(params.state, template, values, match?.policy ?? null, data.location);
  const label = (id: string) =>
    claudeApps(tenant).find(({ appId }) => appId === id)?.name ??
    tenant.locations?.find((row) => row.id === id)?.name ??
    tenant.input.directory.label(id);
  return {
    name: values.name,
    policy,
    steps,
    blocked,
    graph: graphCalls(steps),
    powershell: steps.length === 0 ? '' : powershell(steps, where),
    terraform: blocked ? '' : terraform(steps, policy, { label: `claude_${template.id}`, where }),
    portal: steps.length === 0 ? [] : portalSteps(steps, policy, template, label),
    reach: unresolved.length > 0 ? null : peopleReached(row, tenant),
    others:
      unresolved.length === 0 && chosen.resources === 'all'
        ? otherApps(row, tenant, template.signInRiskLevels[0] ?? 'none')
        : null,
  };
}
