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

/** All that a plan of a change of one policy is made of. */
export interface ChangeFacts {
  readonly title: string;
  readonly name: string;
  readonly open: readonly Unsettled[];
  /** Capabilities that are not known to be licensed, each with why. */
  readonly unlicensed: readonly { readonly has: 'no' | 'unknown'; readonly reason: string }[];
  readonly steps: readonly AccessStep[];
  /** What was chosen of it, as the proof of it keeps it. */
  readonly chosen: Required<Pick<Chosen, 'groups' | 'resources' | 'without'>>;
  /** Account ids of those who are left out of it until a day. */
  readonly grace: readonly LeftOut[];
  /** Staff have to be told before it is enabled. */
  readonly announced: boolean;
  /** Control that has to pass before it is enabled for everybody; null: none. */
  readonly tested: string | null;
  /** Percent of people whom it may keep out, by the charter; null: it does not say. */
  readonly limit: number | null;
  readonly existing: {
    readonly id: string | null;
    readonly name: string;
    readonly state: PolicyState | null;
    /** Day on which report-only ends; null: it does not only report, or the day is not known. */
    readonly due: string | null;
    readonly differences: readonly PartDifference[];
    /** All of it, as it was read. */
    readonly policy: CaPolicyRow;
  } | null;
  /** Ids of the policies that bear its name. */
  readonly namesakes: readonly string[];
  readonly impact: Impact;
  /** SHA-256 of the files of policies that it rests on, in order. */
  readonly files: readonly string[];
  readonly today: string;
}

/** What is to be known before a policy is changed; null: there is no such template. */
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
