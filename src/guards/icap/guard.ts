import type { HttpHead } from './messages.ts';
import type { IcapRefusal } from './problem.ts';

/** A request of HTTP as a proxy asks about it. */
export interface AskedRequest {
  readonly head: HttpHead;
  /** Address of whoever sent it to the proxy, and their name there; null: the proxy does not say. */
  readonly from: { readonly ip: string | null; readonly user: string | null };
  /** What was read of the body, in parts. */
  readonly body: readonly Buffer[];
  /** false: it is longer than what was read. */
  readonly isWhole: boolean;
}

/** What becomes of a request: it passes as it is, or is answered in place of its host. */
export type Judgment = { readonly pass: true } | { readonly pass: false; readonly answer: HttpAnswer };

export interface HttpAnswer {
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What answers for one path, as it is at the moment of a request. */
export interface IcapService {
  /** Changes with every change after which a request may be answered otherwise; 30 characters at most. */
  readonly tag: string;
  /** Whether a request is to be looked at. One that is not passes without its body being read. */
  looksAt(head: HttpHead, hasBody: boolean): boolean;
  judge(request: AskedRequest): Promise<Judgment>;
  /** A request was answered with an error. */
  refused(why: IcapRefusal): void;
}

/** What the server asks, and within which bounds it works. */
export interface IcapGuard {
  /** Whether connections of an address are taken. */
  takes(address: string): boolean;
  /** What answers for a path; null: nothing does. */
  service(path: string, address: string): Promise<IcapService | null>;
  /** Something failed that should not have. */
  failed(error: unknown): void;
  readonly bounds: IcapBounds;
}

export interface IcapBounds {
  /** Connections at once. */
  readonly connections: number;
  /** Bytes of one body that are read to be looked at. */
  readonly bodyBytes: number;
  /** Bytes of all bodies that are held at once. */
  readonly heldBytes: number;
  /** Milliseconds for a head to arrive, for a whole request, and between two of a connection. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly idleMs: number;
  /** Bytes of a body that a client sends before it asks. */
  readonly previewBytes: number;
}
