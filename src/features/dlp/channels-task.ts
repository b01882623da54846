import { contextFor } from '#domain/decide/context.ts';
import { type Reach, type ReachCheck, reachOf } from '#domain/dlp/reach.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    dlpChannels: typeof dlpChannels;
  }
}

/** The control for uploads to personal accounts; evidence of channels is current for as long as its readings. */
const CONTROL = 'CLA-SHA-09';
const DAYS = 30;

interface Asked {
  readonly capabilities: readonly string[];
  readonly checks: readonly ReachCheck[];
}

/**
 * Whether a client has each of these capabilities, in order, and where each was observed. Runs in the deciding thread.
 */
export function dlpChannels({ shared }: TaskInput, { capabilities, checks }: Asked) {
  const control = shared.input.catalogue.controls.find(({ id }) => id === CONTROL);
  const reach: Reach =
    control === undefined
      ? { managed: null, channels: [] }
      : reachOf(contextFor(shared, control, DAYS), checks);
  return {
    licensed: capabilities.map((id) => {
      const { has, reason } = shared.capability(id);
      return { has, words: reason };
    }),
    reach,
  };
}
// Guide: G4.1-06
