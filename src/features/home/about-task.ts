import { holdings } from '#domain/capabilities/holdings.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    home: typeof aboutClient;
  }
}

/** One of the Microsoft controls that count most for Claude, by what the client holds. */
export interface KeyCapabilities {
  readonly capability: string;
  readonly title: string;
  readonly has: 'yes' | 'no' | 'unknown';
  readonly because: string;
  readonly controls: readonly string[];
}

/** What a client's page says below its name and beside its work. */
export interface About {
  /** Microsoft licenses in words, with where they are known from. */
  readonly m365: string;
  /** Members by the current members file; null where none is current. */
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
