import { EventEmitter } from 'node:events';
import { z } from 'zod';

/** What of a client may change while a page is open. */
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

/** What a page may want to hear of while it is open. It carries no content: the page asks again. */
export interface LiveEvent {
  readonly client: string;
  readonly topic: z.infer<typeof liveTopic>;
  /** Id of the thing, where there is one. */
  readonly id: string | null;
}

/** Whether this process made a change, or another on the same database did. */
export type EventOrigin = 'here' | 'elsewhere';

export interface Events {
  publish(event: LiveEvent, from?: EventOrigin): void;
  /** Calls back until the returned function is called. */
  subscribe(listener: (event: LiveEvent, from: EventOrigin) => void): () => void;
  /** Ends every stream that is open now: something may have been missed, and whoever opens one again asks for everything. */
  interrupt(): void;
  /** Ends every open stream: the server stops. */
  end(): void;
  /** Aborted once a stream that begins now has to end. */
  readonly ended: AbortSignal;
}

/** Events of one process, and those that it hears of. Losing one costs a page nothing but freshness: every page also asks by itself. */
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
