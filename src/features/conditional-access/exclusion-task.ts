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

/** What is known of leaving one person out of the policies that were made from the guide's. */
export interface ExclusionFacts {
  /** Accounts that the text means; one, where it is clear. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly made: readonly {
    readonly template: AccessTemplateId;
    readonly id: string;
    readonly name: string;
    readonly state: PolicyState | null;
  }[];
  /** Ids of the accounts of who plans it. */
  readonly own: readonly string[];
  /** Ids of the policies of the tenant that leave the account out, in lower case. */
  readonly leftOutOf: readonly string[];
  /** Ids of every policy of the tenant, in lower case. */
  readonly policies: readonly string[];
  /** SHA-256 of the files of policies that it rests on, in order. */
  readonly files: readonly string[];
}

/** @param person address, name or object id of the person */
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
    // Whoever plans may be called otherwise there than here: any account of their name counts as theirs.
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
