import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { Detection } from '#domain/detections/sigma.ts';
import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import type { Siem } from '#domain/model/siem.ts';

/** A system to which events are sent. Each folder exports one; `registry.ts` lists them. */
export interface SinkKind<S extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  /** Display name of the system. */
  readonly title: string;
  /** What it is good for, in one sentence. */
  readonly about: string;
  /** What a successful delivery proves, and what it does not. */
  readonly promise: string;
  /** Its row under Destinations in docs/forwarding.md; `bad` is empty if single events cannot be invalid. */
  readonly documented: {
    /** When an event counts as accepted. */
    readonly accepted: string;
    /** What happens to an invalid event in a batch. */
    readonly bad: string;
    readonly notes: string;
  };
  /** Whether it is a SIEM whose events someone monitors: CLA-VIS-07 then counts what it accepted. */
  readonly siem: boolean;
  /** Its events can be seen in, or joined with, Microsoft Defender XDR (catalogue/delivery/siem.yaml). Left out: no. */
  readonly leadsToDefender?: true;
  /** What to configure in the other system first, step by step. */
  readonly steps: readonly string[];
  /** A file that performs part of these steps. */
  readonly template?: {
    /** Text of the link to it. */
    readonly label: string;
    /** Name that it is saved under. */
    readonly file: string;
    readonly make: (vendors: Siem, detections: readonly Detection[]) => Readonly<Record<string, unknown>>;
  };
  readonly settings: S;
  /** A form field for each setting, in form order. */
  readonly fields: Readonly<Record<keyof z.infer<S> & string, SinkField>>;
  /** Hosts that a sink with these settings contacts, as in a URL; empty: it stays on this machine. */
  hosts(settings: z.infer<S>): readonly string[];
  /** Where it sends to, for a list, without any secret. */
  place(settings: z.infer<S>): string;
  /** The settings that determine the destination: a change makes it another destination, even on the same host. */
  readonly destination: readonly (keyof z.infer<S> & string)[];
  open(settings: z.infer<S>, means: SinkMeans): Sink;
}

/** The form field of a setting. */
export interface SinkField {
  readonly label: string;
  readonly help?: string;
  /** Stored sealed, and never shown again. */
  readonly secret?: boolean;
  readonly placeholder?: string;
  /** Multi-line text, such as a certificate. */
  readonly lines?: boolean;
  /** For a choice: the label of each value. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** The only means by which a sink may reach its system. */
export interface SinkMeans {
  /**
   * Sends a request to one of the sink's hosts, without following redirects. Throws {@link SendRefused} for any other
   * host.
   */
  readonly fetch: (url: string | URL, request: SinkRequest) => Promise<Response>;
  /** Opens a connection to one of the sink's hosts, with TLS if `tls` is given. Throws like `fetch`. */
  readonly connect: (to: SinkConnection) => Promise<Socket>;
  readonly now: () => Date;
  /** Waits; throws if the signal aborts first. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Where this sink may write files, if it does. */
  readonly ownFolder: string;
  /** Other folders in which the operator lets sinks write, each client below {@link clientFolder}. */
  readonly folders: readonly string[];
  /** Name of the client's own folder in each of them. */
  readonly clientFolder: string;
  /** The catalogue's facts about SIEM vendors. */
  readonly vendors: Siem;
}

export interface SinkRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
  /** Certificates (PEM) trusted in addition to the default ones; empty: none. */
  readonly ca: string;
}

export interface SinkConnection {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string } | null;
  readonly signal: AbortSignal;
}

/** A running sink. It sends one batch at a time. */
export interface Sink {
  /** Limits of a batch set by the system. Bytes are those of the encoded events. */
  readonly max: { readonly events: number; readonly bytes: number };
  /** Encodes an event. Throws {@link Unfit} for one that the system can never accept. */
  encode(event: ForwardedEvent): Buffer;
  /** Sends a batch once. Throws only for bugs. */
  send(batch: readonly Outgoing[], signal: AbortSignal): Promise<Outcome>;
}

export interface Outgoing {
  readonly event: ForwardedEvent;
  readonly body: Buffer;
}

/** The outcome of a batch. `says` is a sentence for a person, `answer` the other side's message in one line. */
export type Outcome = { readonly says: string; readonly answer: string | null } & (
  | { readonly kind: 'accepted' }
  /**
   * Accepted except for this many events, which the other side does not identify; it must not be sent again unchanged.
   */
  | { readonly kind: 'partly'; readonly refused: number }
  /** Not accepted, or not known to be: retry after this many seconds at the earliest. */
  | { readonly kind: 'retry'; readonly afterSeconds: number | null }
  /**
   * An event is invalid, and nothing of the batch counts as accepted. null: one of them is, but it is not known which.
   */
  | { readonly kind: 'refused'; readonly index: number | null }
  | { readonly kind: 'too_large' }
  /** Nothing is accepted until someone changes something on either side. */
  | { readonly kind: 'stopped' }
);

/** An event that cannot be encoded for the system. The message says why. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** A request that was refused before it was sent. The message is a sentence for a person. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused';
}
