import { EventEmitter } from 'node:events';
import { z } from 'zod';

/** What can change about a client while a page is open. */
export const liveTopic = z.enum([
  'verdicts',
  'imports',
  'reports',
  'exceptions',
  'changes',
  'charter',
  'policy',
  'drift',
  'requests',
  'staff',
  'attestations',
  'people',
  'deployment',
  'activity',
  'alerts',
  'incidents',
  'sources',
  'sinks',
  'work',
  'client',
]);

/** A notification for open pages. It carries no content: pages fetch the data again. */
export interface LiveEvent {
  readonly client: string;
  readonly topic: z.infer<typeof liveTopic>;
  /** Id of the changed thing, if any. */
  readonly id: string | null;
}

/** Whether this process or another one on the same database made the change. */
export type EventOrigin = 'here' | 'elsewhere';

export interface Events {
  publish(event: LiveEvent, from?: EventOrigin): void;
  /** Subscribes; returns a function to unsubscribe. */
  subscribe(listener: (event: LiveEvent, from: EventOrigin) => void): () => void;
  /** Ends all open streams: notifications may have been lost, and a page that reconnects fetches everything again. */
  interrupt(): void;
  /** Ends all open streams because the server stops. */
  end(): void;
  /** Aborts when a stream that starts now has to end. */
  readonly ended: AbortSignal;
}

/**
 * Notifications within a process, including those received from other processes. A lost one only makes a page less
 * current: every page also polls.
 */
export function createEvents(): Events {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let stop = new AbortController();
  let over = false;
  return {
    publish: (event, from = 'here') => void emitter.emit('event', event, from),
    subscribe: (listener) => {
      emitter.on('event', listener);
      return () => void emitter.off('event', listener);
    },
    interrupt: () => {
      if (over) return;
      stop.abort();
      stop = new AbortController();
    },
    end: () => {
      over = true;
      stop.abort();
    },
    get ended() {
      return stop.signal;
    },
  };
}
