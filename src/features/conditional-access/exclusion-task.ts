import type { PolicyState } from '#domain/conditional-access/body.ts';
import { matchOf } from '#domain/conditional-access/match.ts';
import type { RecordedTemplates } from '#domain/conditional-access/overview.ts';
import type { NotRead } from '#domain/conditional-access/tenant.ts';
import { appsOf, valuesFor } from '#domain/conditional-access/values.ts';
import type { AccessTemplateId } from '#domain/model/conditional-access.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { tenantOf } from './tenant.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    accessExclusion: typeof accessExclusion;
  }
}

/** Facts for excluding one person from the policies made from the guide's templates. */
export interface ExclusionFacts {
  /** Accounts that match the text; exactly one if it is unambiguous. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly made: readonly {
    readonly template: AccessTemplateId;
    readonly id: string;
    readonly name: string;
    readonly state: PolicyState | null;
  }[];
  /** Account ids of the person planning it. */
  readonly own: readonly string[];
  /** Ids of the tenant's policies that exclude the account, in lower case. */
  readonly leftOutOf: readonly string[];
  /** Ids of all policies of the tenant, in lower case. */
  readonly policies: readonly string[];
  /** SHA-256 of the policy files that the facts rest on, in order. */
  readonly files: readonly string[];
}

/** @param person Address, name or object id of the person. */
export function accessExclusion(
  input: TaskInput,
  {
    person,
    by,
    recorded,
  }: { readonly person: string; readonly by: readonly string[]; readonly recorded: RecordedTemplates },
): ExclusionFacts | NotRead {
  const tenant = tenantOf(input);
  if ('why' in tenant) return tenant;
  const { directory } = tenant.input;
  const accounts = [...new Set(directory.userIds(person))].map((id) => ({ id, name: directory.label(id) }));
  const [only] = accounts;
  const { rows, readings } = tenant.policies;
  return {
    accounts,
    // The planner may have another address in the tenant than here, so any account with their name counts as theirs.
    own: by.flatMap((one) => [...directory.userIds(one)]),
    made: input.shared.input.catalogue.conditionalAccess.policies.flatMap((template) => {
      const known = recorded[template.id] ?? {};
      const { values } = valuesFor(template, tenant, known);
      const applications = appsOf(template, tenant);
      const policy = matchOf(
        template,
        rows,
        { name: values.name, applications },
        known.policyId?.toLowerCase() ?? null,
      )?.policy;
      return policy?.id
        ? [{ template: template.id, id: policy.id, name: policy.name, state: policy.state }]
        : [];
    }),
    leftOutOf: rows.flatMap(({ id, excludeUsers }) =>
      id !== null && only !== undefined && excludeUsers.some((one) => one.toLowerCase() === only.id)
        ? [id.toLowerCase()]
        : [],
    ),
    policies: rows.flatMap(({ id }) => (id === null ? [] : [id.toLowerCase()])),
    files: readings.map(({ sha256 }) => sha256).sort(),
  };
}
// Guide: G6.3-04
