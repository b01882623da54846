import { holdings } from '#domain/capabilities/holdings.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    home: typeof aboutClient;
  }
}

/** One of the Microsoft controls that matter most for Claude, with whether the client has the capability. */
export interface KeyCapabilities {
  readonly capability: string;
  readonly title: string;
  readonly has: 'yes' | 'no' | 'unknown';
  readonly because: string;
  readonly controls: readonly string[];
}

/** Facts shown below a client's name and beside its work. */
export interface About {
  /** Microsoft licenses in words, with the source of that information. */
  readonly m365: string;
  /** Members in the current members file; null if there is none. */
  readonly seatsUsed: number | null;
  readonly keyCapabilities: readonly KeyCapabilities[];
}

export function aboutClient({ shared }: TaskInput): About {
  const members = shared.read('members', 30);
  return {
    m365: holdings(shared.input, (days) => shared.read('subscribed_skus', days)).words,
    seatsUsed: members.ok ? members.rows.length : null,
    keyCapabilities: shared.input.catalogue.licenses.keyCapabilities.map(({ capability, controls }) => {
      const { has, reason } = shared.capability(capability);
      const title = shared.input.catalogue.capabilities.find(({ id }) => id === capability)?.title;
      return { capability, title: title ?? capability, has, because: reason, controls };
    }),
  };
}
// Guide: G1.2-11
