import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    visibilityGiven: typeof visibilityGiven;
  }
}

export interface Given {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly reason: string;
}

/** Which of these capabilities the client's plan and licenses include. Runs in the deciding thread. */
export function visibilityGiven(
  { shared }: TaskInput,
  { capabilities }: { readonly capabilities: readonly string[] },
): Readonly<Record<string, Given>> {
  return Object.fromEntries(
    capabilities.map((id) => {
      const { has, reason } = shared.capability(id);
      return [id, { has, reason }];
    }),
  );
}
