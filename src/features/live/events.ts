import { EventEmitter } from 'node:events';

/** What a page may want to hear of while it is open. It carries no content: the page asks again. */
export interface LiveEvent {
  readonly client: string;
  readonly topic:
    | 'verdicts'
    | 'imports'
    | 'reports'
    | 'exceptions'
    | 'charter'
    | 'drift'
    | 'requests'
    | 'attestations'
    | 'people'
    | 'deployment'
    | 'work'
    | 'activity'
    | 'alerts'
    | 'sources'
    | 'sinks'
    | 'client';
  /** Id of the thing, where there is one. */
  readonly id: string | null;
}

export interface Events {
  publish(event: LiveEvent): void;
  /** Calls back until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** Ends every open stream: the server stops. */
  end(): void;
  /** Aborted once the server stops. */
  readonly ended: AbortSignal;
}

/** Events within one process. Losing one costs a page nothing but freshness: every page also asks by itself. */
export function createEvents(): Events {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const stop = new AbortController();
  return {
    publish: (event) => void emitter.emit('event', event),
    subscribe: (listener) => {
      emitter.on('event', listener);
      return () => void emitter.off('event', listener);
    },
    end: () => stop.abort(),
    ended: stop.signal,
  };
}
