import { type AccessTenant, type NotRead, readTenant } from '#domain/conditional-access/tenant.ts';
import { contextFor } from '#domain/decide/context.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

/** Days for which policies and what they rest on count. */
const FRESH_DAYS = 30;

/** What of the tenant policies are made from. */
export function tenantOf({ shared }: TaskInput): AccessTenant | NotRead {
  const { catalogue } = shared.input;
  const control = catalogue.controls.find(
    ({ id }) => id === catalogue.conditionalAccess.policies[0]?.control,
  );
  if (control === undefined) return { why: 'The catalogue has no policies.', howToGet: '' };
  return readTenant(contextFor(shared, control, FRESH_DAYS));
}
