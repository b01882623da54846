import { type AccessTenant, type NotRead, readTenant } from '#domain/conditional-access/tenant.ts';
import { contextFor } from '#domain/decide/context.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

/** Age in days up to which readings of policies and of related data are current. */
const FRESH_DAYS = 30;

/** The data of the tenant from which policies are made. */
export function tenantOf({ shared }: TaskInput): AccessTenant | NotRead {
  const { catalogue } = shared.input;
  const control = catalogue.controls.find(
    ({ id }) => id === catalogue.conditionalAccess.policies[0]?.control,
  );
  if (control === undefined) return { why: 'The catalogue has no policies.', howToGet: '' };
  return readTenant(contextFor(shared, control, FRESH_DAYS));
}
