import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    dlpChannels: typeof dlpChannels;
  }
}

/** Whether a client has each of these capabilities, in their order. Runs in the deciding thread. */
export function dlpChannels({ shared }: TaskInput, capabilities: readonly string[]) {
  return capabilities.map((id) => {
    const { has, reason } = shared.capability(id);
    return { has, words: reason };
  });
}
