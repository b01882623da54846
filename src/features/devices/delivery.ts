import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    deviceDelivery: typeof deviceDelivery;
  }
}

export interface Delivery {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly words: string;
}

/** Whether device management brings files to the computers, by the profile and the licenses. Runs in the deciding thread. */
export function deviceDelivery({ shared }: TaskInput): Delivery {
  const { has, reason } = shared.capability('network.device_management');
  return { has, words: reason };
}
