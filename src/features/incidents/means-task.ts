import type { Entitlement } from '#domain/model/rule.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    incidentMeans: typeof incidentMeans;
  }
}

/** Whether the client has each of these capabilities, by plan and licenses. Runs in the deciding thread. */
export function incidentMeans(
  { shared }: TaskInput,
  ids: readonly string[],
): Readonly<Record<string, Entitlement['has']>> {
  return Object.fromEntries(ids.map((id) => [id, shared.capability(id).has]));
}
