import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    tenantRestriction: typeof tenantRestriction;
  }
}

/** Whether Claude follows the header on the client's plan. Runs in the deciding thread. */
export function tenantRestriction({ shared }: TaskInput): {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly words: string;
} {
  const { has, reason } = shared.capability('claude.tenant_restrictions');
  return { has, words: reason };
}
