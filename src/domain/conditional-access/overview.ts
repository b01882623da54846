import type { AccessTemplate, AccessTemplateId, ConditionalAccess } from '../model/conditional-access.ts';
import type { CaPolicyRow } from '../model/kinds.ts';
import { type Coverage, dueOf, evaluate } from '../rules/microsoft/ca.ts';
import { policyKey, REQUIREMENTS } from '../rules/microsoft/ca-policy.ts';
import { bypass } from '../rules/microsoft/past-entra.ts';
import { unreadWords } from '../rules/microsoft/policies.ts';
import { type AccessValues, type PolicyBody, type PolicyState, policyBody } from './body.ts';
import { differences, type PartDifference, type PolicyPart } from './difference.ts';
import { type ExplainedPolicy, explainPolicy } from './explain.ts';
import { type Impact, impactOf } from './impact.ts';
import { matchOf } from './match.ts';
import { type LetThrough, signInsLetThrough } from './narrowed.ts';
import { type AccessTenant, claudeApps } from './tenant.ts';
import { appsOf, type Chosen, type Unsettled, valuesFor } from './values.ts';

/** What is on record here of a template: what was chosen and the policy that was made. */
export interface Recorded extends Chosen {
  readonly policyId?: string;
  /** State that the policy was last brought to. */
  readonly state?: PolicyState;
  /** When a reading showed that state; left out: none did. */
  readonly since?: string;
  /** Who left applications out, when, and why. */
  readonly decided?: { readonly by: string; readonly on: string; readonly reason: string };
}
export type RecordedTemplates = Partial<Readonly<Record<AccessTemplateId, Recorded>>>;

/** How far the policies that are there already hold what a template asks for, at one application. */
export interface CoverageLine {
  readonly appId: string;
  readonly is: Coverage['is'];
  /** Policies that hold it, block it or will hold it. */
  readonly by: readonly string[];
  readonly due: string | null;
  /** Who or what falls through: at most five. */
  readonly holes: readonly { readonly label: string; readonly detail: string }[];
  /** Policies that come near, each with why they fall short, as the end of "the policy …": at most five. */
  readonly near: readonly { readonly policy: string; readonly why: string }[];
}

export interface TemplateView {
  readonly id: AccessTemplateId;
  /** Capabilities that it needs. */
  readonly needs: readonly {
    readonly id: string;
    readonly has: 'yes' | 'no' | 'unknown';
    readonly reason: string;
  }[];
  readonly coverage: readonly CoverageLine[];
  readonly open: readonly Unsettled[];
  readonly values: AccessValues;
  /** Applications left out on purpose, with who decided it; null: none is. */
  readonly without: {
    readonly apps: readonly string[];
    readonly by: string;
    readonly on: string;
    readonly reason: string;
  } | null;
  /** The policy of the tenant that it became; null: there is none. */
  readonly made: {
    readonly id: string | null;
    readonly name: string;
    readonly state: PolicyState | null;
    readonly by: 'id' | 'name' | 'content';
    /** Day on which report-only ends, where it only reports; null: not known. */
    readonly due: string | null;
    readonly differences: readonly PartDifference[];
    /** What a narrowing of platforms, client apps or locations lets through; null: none is there, or no sign-ins were read. */
    readonly letThrough: LetThrough | null;
    /** Who changed it last where it differs, by Entra's audit log; null: it does not differ, or the log does not say. */
    readonly changedBy: ChangedBy | null;
  } | null;
  readonly impact: Impact;
}

export interface AccessOverview {
  readonly signIn: {
    readonly is: 'present' | 'absent' | 'unknown';
    readonly why: string | null;
    /** A way into Claude past Entra that a source shows open; null: none is known. */
    readonly around: string | null;
  };
  readonly apps: readonly {
    readonly appId: string;
    readonly name: string;
    readonly kind: 'sign_in' | 'connector';
  }[];
  readonly templates: readonly TemplateView[];
  readonly policies: readonly ExplainedPolicy[];
  /** Policies that could not be read, each with why. */
  readonly unread: readonly string[];
  readonly location: {
    readonly read: boolean;
    readonly id: string | null;
    readonly name: string | null;
  };
  /** Names of ids that policies use, for what is shown. */
  readonly labels: Readonly<Record<string, string>>;
  readonly observedOn: string;
}

const MAX_NAMED = 5;

/** What a client's Conditional Access does for Claude, and what the guide's policies would change. */
export function accessOverview(
  data: ConditionalAccess,
  tenant: AccessTenant,
  recorded: RecordedTemplates,
): AccessOverview {
  const { signIn, context, input, policies } = tenant;
  const apps = claudeApps(tenant);
  const labels: Record<string, string> = {};
  const label = (id: string) => {
    const name = input.directory.label(id);
    if (name !== id) labels[id.toLowerCase()] = name;
  };
  for (const { appId, name } of apps) labels[appId.toLowerCase()] = name;
  for (const { id, name } of tenant.locations ?? []) if (id !== null) labels[id.toLowerCase()] = name;
  for (const row of policies.rows)
    for (const id of [...row.includeUsers, ...row.excludeUsers, ...row.includeGroups, ...row.excludeGroups])
      label(id);
  const templates = data.policies.map((template) => viewOf(template, tenant, recorded[template.id] ?? {}));
  for (const { values } of templates)
    for (const id of [...values.excludeUsers, ...values.excludeGroups, ...values.groups]) label(id);
  return {
    signIn: {
      is: signIn.is,
      why: signIn.is === 'present' ? null : signIn.why,
      around: bypass(context)?.why ?? null,
    },
    apps,
    templates,
    policies: policies.rows.map((policy) => explainPolicy(policy, apps, data.policies, input)),
    unread: policies.unread.map(unreadWords),
    location: {
      read: tenant.locations !== null,
      id: tenant.location?.id ?? null,
      name: tenant.location?.name ?? null,
    },
    labels,
    observedOn: policies.observedOn,
  };
}

function viewOf(template: AccessTemplate, tenant: AccessTenant, known: Recorded): TemplateView {
  const { context, input, policies } = tenant;
  const { values, open } = valuesFor(template, tenant, known);
  const match = matchOf(
    template,
    policies.rows,
    { name: values.name, applications: appsOf(template, tenant) },
    known.policyId?.toLowerCase() ?? null,
  );
  return {
    id: template.id,
    needs: template.needs.map((id) => {
      const { has, reason } = context.capability(id);
      return { id, has, reason };
    }),
    coverage: appsOf(template, tenant).map((appId) => coverageAt(appId, template, tenant)),
    open,
    values,
    without:
      known.decided === undefined || (known.without ?? []).length === 0
        ? null
        : { apps: known.without ?? [], ...known.decided },
    made:
      match === null
        ? null
        : {
            id: match.policy.id,
            name: match.policy.name,
            state: match.policy.state,
            by: match.by,
            due:
              match.policy.state === 'enabledForReportingButNotEnforced' ? dueOf(match.policy, input) : null,
            ...comparedWith(
              policyBody(template, values, known.state ?? match.policy.state ?? 'enabled'),
              match.policy,
              tenant,
            ),
          },
    impact: impactOf(template, tenant, { values, existing: match?.policy ?? null }),
  };
}

const NARROWS: readonly PolicyPart[] = [
  'clientAppTypes',
  'includePlatforms',
  'excludePlatforms',
  'includeLocations',
  'excludeLocations',
];

/** Who changed a policy in Entra, and when. */
export interface ChangedBy {
  /** null: Entra does not name them. */
  readonly by: string | null;
  readonly application: boolean;
  readonly at: string;
  /** In Microsoft's words. */
  readonly activity: string;
}

function changedBy({ context }: AccessTenant, { id }: CaPolicyRow): ChangedBy | null {
  const audits = context.read('directory_audits');
  const wanted = id?.toLowerCase();
  const [newest] = (audits.ok ? audits.rows : [])
    .filter(
      ({ succeeded, targets }) =>
        succeeded !== false && targets.some((one) => one.id !== null && one.id.toLowerCase() === wanted),
    )
    .sort((a, b) => b.at.localeCompare(a.at));
  if (newest === undefined) return null;
  const { actor, actorKind, at, activity } = newest;
  return { by: actor, application: actorKind === 'application', at, activity };
}

function comparedWith(meant: PolicyBody, policy: CaPolicyRow, tenant: AccessTenant) {
  const found = differences(meant, policy);
  const narrowed = found.some(({ part, weaker }) => weaker && NARROWS.includes(part));
  return {
    differences: found,
    letThrough: narrowed ? signInsLetThrough(meant, policy, tenant) : null,
    changedBy: found.length === 0 ? null : changedBy(tenant, policy),
  };
}

const COVERAGE_WORST_FIRST: readonly Coverage['is'][] = [
  'covered',
  'blocked',
  'pending',
  'overdue',
  'unknown',
  'gap',
];

/** The least that holds of all that a template asks for at one application. */
function coverageAt(appId: string, template: AccessTemplate, { input }: AccessTenant): CoverageLine {
  const all = template.requirement.map((id) => evaluate(appId, REQUIREMENTS[id], input));
  const worst = all.reduce((a, b) =>
    COVERAGE_WORST_FIRST.indexOf(b.is) > COVERAGE_WORST_FIRST.indexOf(a.is) ? b : a,
  );
  const open = worst.is === 'gap' || worst.is === 'unknown';
  return {
    appId,
    is: worst.is,
    by: 'by' in worst ? [...new Map(worst.by.map((one) => [policyKey(one), one.name])).values()] : [],
    due: worst.is === 'pending' || worst.is === 'overdue' ? worst.due : null,
    holes: open ? worst.holes.slice(0, MAX_NAMED).map(({ label, detail }) => ({ label, detail })) : [],
    near: open ? worst.near.slice(0, MAX_NAMED).map(({ policy, why }) => ({ policy: policy.name, why })) : [],
  };
}
// Guide: G0-07 G1.2-01 G4.3-02 G6-00 G6.1-00 G6.1-07 G6.1-08 G6.2-00 G6.2-01 G6.2-02 G6.2-03 G6.2-04 G6.2-05 G6.2-08
// Guide: G6.3-00 G6.3-02 G6.3-03 G6.3-04 G6.3-05 G6.4-00 G6.4-05 G6.5-00 G6.5-02
