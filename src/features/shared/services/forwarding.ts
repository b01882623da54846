/** Why a pass over a sink ended. */
export type Ended =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly at: Date }
  /** Paused, deleted, waiting for its retry, or handled by another process. */
  | { readonly kind: 'not_mine' };

/** Sends activities and alerts to the sinks of all clients while it is started. */
export interface Forwarding {
  /** Starts sending, and continues whenever something is added to a log. */
  start(): Promise<void>;
  /** Aborts what is being sent, which will be sent again after the next start, and waits until all work has ended. */
  stop(): Promise<void>;
  /** Checks whether something of a client has to be sent: events were added, or a sink changed. */
  wake(clientId: string): void;
  /** Checks the sinks of all clients, including for events that another process added. */
  look(): Promise<void>;
  /** Sends what waits for a client's sinks and returns how each pass ended. Works even if not started. */
  settle(clientId: string): Promise<readonly Ended[]>;
}
