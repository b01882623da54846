/** Why a pass over a sink ended. */
export type Ended =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly at: Date }
  /** Paused, gone, waiting for its next try, or another process has it. */
  | { readonly kind: 'not_mine' };

/** Hands activities and alerts on to the sinks of all clients, while it is started. */
export interface Forwarding {
  /** Begins to send, and sends on whenever something is added to a log. */
  start(): Promise<void>;
  /** Breaks off what is being sent, which the next start sends again, and waits until nothing is at work. */
  stop(): Promise<void>;
  /** Something of a client may have to be sent now: it was added, or a sink was changed. */
  wake(clientId: string): void;
  /** Looks for sinks of all clients to which something may have to be sent, also of what another process added. */
  look(): Promise<void>;
  /** Sends what waits for a client's sinks now, and says how each pass ended. Also where it is not started. */
  settle(clientId: string): Promise<readonly Ended[]>;
}
