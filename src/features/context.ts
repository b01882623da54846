import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Grant, Permission } from '#domain/access/permissions.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Source } from '#sources/source.ts';
import type { AuditRecord } from '#store/audit.ts';
import type { Blobs } from '#store/blobs.ts';
import type { Scope, Store, Tx } from '#store/open.ts';
import type { Sealer } from '#store/seal.ts';
import type { MetricsAccess } from './metrics-access.ts';
import type { Events } from './shared/events.ts';
import type { ActivityLog } from './shared/services/activity-log.ts';
import type { ChangeTarget } from './shared/services/change-targets.ts';
import type { Forwarding } from './shared/services/forwarding.ts';
import type { Mail } from './shared/services/mail.ts';
import type { TelemetrySpool } from './shared/services/telemetry-spool.ts';
import type { Verdicts } from './shared/services/verdicts.ts';
import type { Tally } from './tally.ts';

export type ActionTitles = ReadonlyMap<string, string>;

/** Everything a server consists of. Built once by the composition root; tests build it on an in-memory database. */
export interface Services {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly sealer: Sealer;
  readonly catalogue: Catalogue;
  /** Vendors that Bylaw can read from. */
  readonly sources: readonly Source[];
  /** External systems for which Bylaw plans changes. */
  readonly changeTargets: readonly ChangeTarget[];
  /** Title of each action in the audit log: that of the operation that records it. */
  readonly actionTitles: ActionTitles;
  readonly clock: () => Date;
  /** Resolves after this many milliseconds of `clock`. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /**
   * Milliseconds that a guard has to answer once it received the whole request; past that, the content counts as
   * unchecked.
   */
  readonly guardMs: number;
  readonly events: Events;
  readonly verdicts: Verdicts;
  readonly mail: Mail;
  readonly activityLog: ActivityLog;
  readonly telemetrySpool: TelemetrySpool;
  readonly forwarding: Forwarding;
  readonly tally: Tally;
  readonly log: Logger;
  readonly config: ServerConfig;
}

export interface ServerConfig {
  /** Base URL of the console without a trailing slash, for example http://localhost:7700. */
  readonly origin: string;
  readonly dataDir: string;
  readonly version: string;
  /** Hosts that outbound requests may reach in a private network or without TLS: BYLAW_ALLOW_PRIVATE_HOSTS. */
  readonly privateHosts: readonly string[];
  /** Folders below which sinks may write files: BYLAW_FORWARD_FOLDERS. */
  readonly forwardFolders?: readonly string[];
  /** File to which the heads of the audit log are appended: BYLAW_AUDIT_HEADS_FILE. */
  readonly auditHeadsFile?: string | null;
  /** Limit in bytes for telemetry spooled to disk while the database is unavailable: BYLAW_SPOOL_MB. */
  readonly spoolBytes?: number;
  /** Who may read `/metrics`; null or left out: nobody. */
  readonly metrics?: MetricsAccess | null;
  /** DNS resolvers for checking a client's domains, as `address` or `address:port`: BYLAW_RESOLVERS. */
  readonly resolvers: readonly string[];
  /** Port of the authoritative name servers; left out: 53. */
  readonly nameServerPort?: number;
  /** Base URL to use instead of the vendor's own, by source: BYLAW_ANTHROPIC_URL, BYLAW_MICROSOFT_URL. */
  readonly vendorUrls?: Readonly<Record<string, string>>;
  /** Where the ICAP service for proxies listens; null or left out: it is off. */
  readonly icapAt?: { readonly host: string; readonly port: number; readonly secure: boolean } | null;
  /** Unsafe settings of this server, each as a sentence for a person. */
  readonly warnings?: readonly string[];
  /** Changes with every build of the console, so that a tab running an old build can be detected. */
  readonly build: string;
}

/** Who sends a request: a person, through a session or one of their tokens. */
export interface Actor {
  readonly kind: 'user' | 'token';
  /** Id of the user, also if a token is used. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly grants: readonly Grant[];
  /** null if a token is used. */
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  /** What the token is restricted to, within its person's permissions. `purpose`: what it was created for. */
  readonly limits: {
    readonly readOnly: boolean;
    readonly client: string | null;
    readonly purpose?: string | null;
  };
  /** A second factor is required and not set up yet; until it is, few operations are allowed. */
  readonly lacksSecondFactor?: boolean;
}

/** What the server passes on about each request, before any access check. */
export interface RequestContext {
  readonly services: Services;
  readonly actor: Actor | null;
  readonly request: {
    readonly id: string;
    readonly ip: string;
    readonly userAgent: string;
    /** Names of the request's headers, in lower case. */
    readonly headerNames: readonly string[];
    /** Cookies by name, not decoded. */
    readonly cookies: Readonly<Record<string, string>>;
    /** Body of an operation with transport `upload`, as an unread stream; null for every other operation. */
    readonly body: Readable | null;
    /** Aborts when the client disconnects. */
    readonly signal: AbortSignal;
    /** Value of the `Idempotency-Key` header; left out: the header is missing. */
    readonly idempotencyKey?: string;
    /** The request has a token that is not valid; left out: it has none, or a valid one. */
    readonly wrongToken?: boolean;
  };
  /** Sets a response header; used for cookies. */
  readonly setHeader: (name: string, value: string) => void;
  /** Links the next page in the `Link` header (RFC 8288). */
  readonly linkNext: (cursor: string) => void;
}

/** The client that a request is about. The actor is allowed to see it. */
export interface ClientRef {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly sandbox: boolean;
}

/**
 * Records what a change did. A change that records nothing is rolled back and fails, so that nothing happens without
 * an audit record.
 */
export interface Recorder {
  /** `action` defaults to that of the operation's contract, `chain` to that of the client or the workspace. */
  record(entry: RecordEntry): Promise<void>;
  /** The change affects facts that verdicts are based on: they are evaluated again after the commit. */
  facts(): Promise<void>;
  /** There was nothing to change: rolls back whatever was written and needs no record. */
  unchanged(): void;
}

export type RecordEntry = Omit<AuditRecord, 'chain' | 'actor' | 'action' | 'at'> &
  /**
   * `actor` is for operations that establish identity themselves, such as sign-in; the default is the signed-in
   * person.
   */
  Partial<Pick<AuditRecord, 'chain' | 'action' | 'actor'>>;

/** The context of a handler: the request's context with what `secured.ts` added or replaced. */
export type HandlerContext = Omit<RequestContext, keyof Secured> & Secured;

/** What `secured.ts` adds for handlers. */
export interface Secured {
  /** The signed-in person. Throws in a public operation, where reading it is a bug. */
  readonly actor: Actor;
  /** The signed-in person, if any: for public operations. */
  readonly signedIn: Actor | null;
  /** The client of an operation with scope `client`. Throws in any other, where reading it is a bug. */
  readonly client: ClientRef;
  readonly now: Date;
  readonly can: (permission: Permission, client?: string | null) => boolean;
  /** Reads in one consistent snapshot, scoped to the operation's client (or to the workspace). */
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Makes a change and its audit record in one transaction, with the same scope. */
  readonly change: <T>(work: (tx: Tx, recorder: Recorder) => Promise<T>) => Promise<T>;
  /** The scope of `read` and `change`. */
  readonly scope: Scope;
}
