import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { Detection } from '#domain/detections/sigma.ts';
import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import type { Siem } from '#domain/model/siem.ts';

/** A system to which events are handed on. One folder each exports one; `registry.ts` lists them. */
export interface SinkKind<S extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  /** What people call the system. */
  readonly title: string;
  /** What it is good for, in one sentence. */
  readonly about: string;
  /** What a successful delivery proves, and what it does not. */
  readonly promise: string;
  /** Its row under Destinations in docs/forwarding.md; without an event that is bad by itself, `bad` is empty. */
  readonly documented: {
    /** When an event is accepted. */
    readonly accepted: string;
    /** What becomes of a bad event in a batch. */
    readonly bad: string;
    readonly notes: string;
  };
  /** Whether it is a SIEM, whose events someone watches: then CLA-VIS-07 counts what it accepted. */
  readonly siem: boolean;
  /** Its events can be seen in, or joined with, Microsoft Defender XDR, as catalogue/delivery/siem.yaml says. Left out: not. */
  readonly leadsToDefender?: true;
  /** What has to be done at the other end before, one step each. */
  readonly steps: readonly string[];
  /** A file that does part of the steps at the other end. */
  readonly template?: {
    /** What a link to it says. */
    readonly label: string;
    /** Name that it is saved under. */
    readonly file: string;
    readonly make: (vendors: Siem, detections: readonly Detection[]) => Readonly<Record<string, unknown>>;
  };
  readonly settings: S;
  /** A form field for each setting, in the order of the form. */
  readonly fields: Readonly<Record<keyof z.infer<S> & string, SinkField>>;
  /** Hosts that a sink with these settings asks, as in a URL; empty: it stays on this machine. */
  hosts(settings: z.infer<S>): readonly string[];
  /** Where it sends to, for a list, without a secret. */
  place(settings: z.infer<S>): string;
  /** The settings that decide where events arrive: with another of these it is another place, on the same host too. */
  readonly destination: readonly (keyof z.infer<S> & string)[];
  open(settings: z.infer<S>, means: SinkMeans): Sink;
}

/** How a setting is asked for. */
export interface SinkField {
  readonly label: string;
  readonly help?: string;
  /** Sealed, and never shown again. */
  readonly secret?: boolean;
  readonly placeholder?: string;
  /** Several lines, such as a certificate. */
  readonly lines?: boolean;
  /** For a choice: each value in words. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** What a sink is given to reach its system with. Nothing else leads outside. */
export interface SinkMeans {
  /** A request to one of the sink's hosts, without redirects. Throws {@link SendRefused} for any other. */
  readonly fetch: (url: string | URL, request: SinkRequest) => Promise<Response>;
  /** A connection to one of the sink's hosts, with TLS where `tls` is given. Throws likewise. */
  readonly connect: (to: SinkConnection) => Promise<Socket>;
  readonly now: () => Date;
  /** Waits; ends early, by throwing, when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Where this sink may write files, if it writes any. */
  readonly ownFolder: string;
  /** Other folders in which the person who runs the server lets sinks write, each client below {@link clientFolder}. */
  readonly folders: readonly string[];
  /** Name of the client's own folder in each of them. */
  readonly clientFolder: string;
  /** What the vendors say. */
  readonly vendors: Siem;
}

export interface SinkRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
  /** Certificates (PEM) that are trusted beside the usual ones; empty: none. */
  readonly ca: string;
}

export interface SinkConnection {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string } | null;
  readonly signal: AbortSignal;
}

/** A sink at work. It sends one batch at a time. */
export interface Sink {
  /** Most that one batch may hold, by what the system takes. Bytes are those of the encoded events. */
  readonly max: { readonly events: number; readonly bytes: number };
  /** An event as it goes out. Throws {@link Unfit} for one that the system can never take. */
  encode(event: ForwardedEvent): Buffer;
  /** Hands a batch over, once. Never throws but for a mistake of the program. */
  send(batch: readonly Outgoing[], signal: AbortSignal): Promise<Outcome>;
}

export interface Outgoing {
  readonly event: ForwardedEvent;
  readonly body: Buffer;
}

/** What became of a batch. `says` is a sentence for a person, `answer` what the other side said, in one line. */
export type Outcome = { readonly says: string; readonly answer: string | null } & (
  | { readonly kind: 'accepted' }
  /** Taken but for so many, which the other side does not name; it must not be sent again as it is. */
  | { readonly kind: 'partly'; readonly refused: number }
  /** Not taken, or not known to be: to be sent again, not before so many seconds. */
  | { readonly kind: 'retry'; readonly afterSeconds: number | null }
  /** An event is bad, and none of the batch counts as taken. null: one of them is, and it is not reported which. */
  | { readonly kind: 'refused'; readonly index: number | null }
  | { readonly kind: 'too_large' }
  /** Nothing is taken until someone changes something here or there. */
  | { readonly kind: 'stopped' }
);

/** An event that cannot be put into the form of the system. The message says why. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** A request that was not made because it must not be. The message is a sentence for a person. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused';
}
