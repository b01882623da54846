import type { PolicyState } from '#domain/conditional-access/body.ts';
import { policyBody } from '#domain/conditional-access/body.ts';
import { differences, type PartDifference } from '#domain/conditional-access/difference.ts';
import { type Impact, impactOf } from '#domain/conditional-access/impact.ts';
import { type AccessStep, stepsTo } from '#domain/conditional-access/steps.ts';
import type { NotRead } from '#domain/conditional-access/tenant.ts';
import type { Chosen, LeftOut, Unsettled } from '#domain/conditional-access/values.ts';
import type { CaPolicyRow } from '#domain/model/kinds.ts';
import { dueOf } from '#domain/rules/microsoft/ca.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { type AskedPolicy, askedPolicy } from './asked-policy.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    conditionalAccessChange: typeof conditionalAccessChange;
  }
}

/** All facts from which the plan to change one policy is made. */
export interface ChangeFacts {
  readonly title: string;
  readonly name: string;
  readonly open: readonly Unsettled[];
  /** Capabilities not known to be licensed, with the reason. */
  readonly unlicensed: readonly { readonly has: 'no' | 'unknown'; readonly reason: string }[];
  readonly steps: readonly AccessStep[];
  /** The choices, as the proof of the change stores them. */
  readonly chosen: Required<Pick<Chosen, 'groups' | 'resources' | 'without'>>;
  /** Account ids excluded from the policy until a day. */
  readonly grace: readonly LeftOut[];
  /** Whether staff must be informed before it is enabled. */
  readonly announced: boolean;
  /** Control that has to pass before the policy is enabled for everyone; null if there is none. */
  readonly tested: string | null;
  /** Maximum percentage of people it may block, from the charter; null if not stated. */
  readonly limit: number | null;
  readonly existing: {
    readonly id: string | null;
    readonly name: string;
    readonly state: PolicyState | null;
    /** Last day of report-only; null if the policy is in another state or the day is not known. */
    readonly due: string | null;
    readonly differences: readonly PartDifference[];
    /** The whole policy as read. */
    readonly policy: CaPolicyRow;
  } | null;
  /** Ids of the tenant's policies with the same name. */
  readonly namesakes: readonly string[];
  readonly impact: Impact;
  /** SHA-256 of the policy files that the facts rest on, in order. */
  readonly files: readonly string[];
  readonly today: string;
}

/** The facts needed before a policy is changed; null if there is no such template. */
export function conditionalAccessChange(input: TaskInput, params: AskedPolicy): ChangeFacts | NotRead | null {
  const asked = askedPolicy(input, params);
  if (asked === null || 'why' in asked) return asked;
  const { tenant, data, template, chosen, grace, unresolved, values, open, match } = asked;
  const { context } = tenant;
  return {
    title: template.title,
    name: values.name,
    open:
      unresolved.length === 0
        ? open
        : [...open, { code: 'unresolved' as const, blocking: true as const, names: unresolved }],
    chosen: {
      groups: chosen.groups ?? [],
      resources: chosen.resources ?? 'claude',
      without: chosen.without ?? [],
    },
    grace,
    announced: template.announced,
    tested: template.tested ?? null,
    limit: context.charter.ok ? (context.charter.value.entra?.keptOutPercent ?? null) : null,
    unlicensed: template.needs.flatMap((id) => {
      const { has, reason } = context.capability(id);
      return has === 'yes' ? [] : [{ has, reason }];
    }),
    steps: stepsTo(params.state, template, values, match?.policy ?? null, data.location),
    existing:
      match === null
        ? null
        : {
            id: match.policy.id,
            name: match.policy.name,
            state: match.policy.state,
            due:
              match.policy.state === 'enabledForReportingButNotEnforced'
                ? dueOf(match.policy, tenant.input)
                : null,
            differences: differences(policyBody(template, values, params.state), match.policy),
            policy: match.policy,
          },
    namesakes: tenant.policies.rows.flatMap((row) =>
      row.id !== null && row.name.trim().toLowerCase() === values.name.trim().toLowerCase() ? [row.id] : [],
    ),
    impact: impactOf(template, tenant, { values, existing: match?.policy ?? null }),
    files: tenant.policies.readings.map(({ sha256 }) => sha256).sort(),
    today: context.today,
  };
}
// Guide: G1.2-02 G6.2-07 G6.3-07
