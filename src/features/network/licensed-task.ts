import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    networkLicenses: typeof networkLicenses;
  }
}

export interface NetworkLicense {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly words: string;
}

/** Whether a client has each of these capabilities, by id. Runs in the deciding thread. */
export function networkLicenses(
  { shared }: TaskInput,
  capabilities: readonly string[],
): Readonly<Record<string, NetworkLicense>> {
  return Object.fromEntries(
    capabilities.map((id) => {
      const { has, reason } = shared.capability(id);
      return [id, { has, words: reason }];
    }),
  );
}
