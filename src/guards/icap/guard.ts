import type { HttpHead } from './messages.ts';
import type { IcapRefusal } from './problem.ts';

/** An HTTP request as encapsulated by a proxy. */
export interface AskedRequest {
  readonly head: HttpHead;
  /** Address and name of the sender according to the proxy; null: not given. */
  readonly from: { readonly ip: string | null; readonly user: string | null };
  /** The part of the body that was read. */
  readonly body: readonly Buffer[];
  /** false: the body is longer than the part that was read. */
  readonly isWhole: boolean;
}

/** The decision: the request passes unchanged, or is answered in place of its host. */
export type Judgment = { readonly pass: true } | { readonly pass: false; readonly answer: HttpAnswer };

export interface HttpAnswer {
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The handler of a path at the time of a request. */
export interface IcapService {
  /** Changes whenever a request may be decided differently (ISTag); at most 30 characters. */
  readonly tag: string;
  /** Whether to check a request. Others pass without their body being read. */
  looksAt(head: HttpHead, hasBody: boolean): boolean;
  judge(request: AskedRequest): Promise<Judgment>;
  /** Called when a request was answered with an error. */
  refused(why: IcapRefusal): void;
}

/** Callbacks of the server, and its limits. */
export interface IcapGuard {
  /** Whether to accept connections from an address. */
  takes(address: string): boolean;
  /** The handler of a path; null: there is none. */
  service(path: string, address: string): Promise<IcapService | null>;
  /** Called on an unexpected error. */
  failed(error: unknown): void;
  readonly bounds: IcapBounds;
}

export interface IcapBounds {
  /** Maximum number of connections. */
  readonly connections: number;
  /** Maximum bytes of a body that are read for checking. */
  readonly bodyBytes: number;
  /** Maximum bytes of all buffered bodies. */
  readonly heldBytes: number;
  /** Time limits in milliseconds for a head, for a whole request, and between two requests of a connection. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly idleMs: number;
  /** Preview size in bytes that clients are told to send. */
  readonly previewBytes: number;
}
