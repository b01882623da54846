import { holdings } from '#domain/capabilities/holdings.ts';
import type { TaskInput } from '../verdicts/tasks.ts';

/** What a client's page says below its name. */
export interface About {
  /** Microsoft licences in words, with where they are known from. */
  readonly m365: string;
  /** Members by the current members file; null where none is current. */
  readonly seatsUsed: number | null;
}

export function aboutClient({ shared }: TaskInput): About {
  const members = shared.read('members', 30);
  return {
    m365: holdings(shared.input, (days) => shared.read('subscribed_skus', days)).words,
    seatsUsed: members.ok ? members.rows.length : null,
  };
}
