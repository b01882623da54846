import { EvaluationState } from '#domain/decide/context.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    withEnterprise: typeof withEnterprise;
  }
}

/** A capability that a client lacks, and whether Claude Enterprise would provide it. */
export interface Lacking {
  readonly id: string;
  readonly onEnterprise: 'yes' | 'no' | 'unknown';
}

/**
 * Which of some capabilities a client's plan and licenses lack. null: the client has Claude Enterprise, so there is
 * nothing to compare. Runs in the deciding thread.
 */
export function withEnterprise(
  { shared }: TaskInput,
  { capabilities }: { readonly capabilities: readonly string[] },
): readonly Lacking[] | null {
  const { input } = shared;
  if (input.profile.claudePlan === 'enterprise') return null;
  const upgraded = new EvaluationState({ ...input, profile: { ...input.profile, claudePlan: 'enterprise' } });
  return capabilities
    .filter((id) => shared.capability(id).has === 'no')
    .map((id) => ({ id, onEnterprise: upgraded.capability(id).has }));
}
// Guide: G0-01
