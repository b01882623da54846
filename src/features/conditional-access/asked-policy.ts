import type { PolicyState } from '#domain/conditional-access/body.ts';
import { matchOf } from '#domain/conditional-access/match.ts';
import type { RecordedTemplates } from '#domain/conditional-access/overview.ts';
import { appsOf, valuesFor } from '#domain/conditional-access/values.ts';
import type { AccessTemplateId } from '#domain/model/conditional-access.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { type Asked, chosenFor } from './chosen.ts';
import { tenantOf } from './tenant.ts';

/** A request for a policy from a template. */
export interface AskedPolicy {
  readonly template: AccessTemplateId;
  readonly state: PolicyState;
  readonly asked: Asked;
  readonly recorded: RecordedTemplates;
}

/** The requested policy, and the tenant's policy that it corresponds to now; null if there is no such template. */
export function askedPolicy(input: TaskInput, params: Omit<AskedPolicy, 'state'>) {
  const tenant = tenantOf(input);
  if ('why' in tenant) return tenant;
  const data = input.shared.input.catalogue.conditionalAccess;
  const template = data.policies.find(({ id }) => id === params.template);
  if (template === undefined) return null;
  const known = params.recorded[template.id] ?? {};
  const { chosen, grace, unresolved } = chosenFor(tenant, known, params.asked);
  const { values, open } = valuesFor(template, tenant, chosen);
  const match = matchOf(
    template,
    tenant.policies.rows,
    { name: values.name, applications: appsOf(template, tenant) },
    known.policyId?.toLowerCase() ?? null,
  );
  return { tenant, data, template, chosen, grace, unresolved, values, open, match };
}
