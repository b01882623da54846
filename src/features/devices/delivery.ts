import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    deviceDelivery: typeof deviceDelivery;
  }
}

export interface Delivery {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly words: string;
  /** Whether the profile states what manages devices, or that nothing does. */
  readonly isStated: boolean;
}

/**
 * Whether device management delivers files to the computers, according to the profile and the licenses. Runs in the
 * deciding thread.
 */
export function deviceDelivery({ shared }: TaskInput): Delivery {
  const { has, reason } = shared.capability('network.device_management');
  const { deviceManagement } = shared.input.profile;
  return { has, words: reason, isStated: deviceManagement !== undefined && deviceManagement !== '' };
}
