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

/** What a server is made of. Built once by the composition root; tests build it on a database in memory. */
export interface Services {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly sealer: Sealer;
  readonly catalogue: Catalogue;
  /** Vendors whose systems are read. */
  readonly sources: readonly Source[];
  /** Systems outside that Bylaw plans changes of. */
  readonly changeTargets: readonly ChangeTarget[];
  /** What each action of the audit log is called: the title of the operation that does it. */
  readonly actionTitles: ActionTitles;
  readonly clock: () => Date;
  /** Waits so many milliseconds of the clock. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds within which a guard answers from the whole of a request on; what takes longer is unchecked. */
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
  /** Address that people open, without a slash at the end, for example http://localhost:7700. */
  readonly origin: string;
  readonly dataDir: string;
  readonly version: string;
  /** Host names that may be asked although they lie in a private network or have no TLS: BYLAW_ALLOW_PRIVATE_HOSTS. */
  readonly privateHosts: readonly string[];
  /** Folders below which sinks may write files: BYLAW_FORWARD_FOLDERS. */
  readonly forwardFolders?: readonly string[];
  /** File to which the heads of the audit log are appended: BYLAW_AUDIT_HEADS_FILE. */
  readonly auditHeadsFile?: string | null;
  /** Bytes of telemetry that wait on the disk while the database is away: BYLAW_SPOOL_MB. */
  readonly spoolBytes?: number;
  /** Who may read `/metrics`; null or left out: nobody. */
  readonly metrics?: MetricsAccess | null;
  /** DNS resolvers that the check of a client's domains asks, as `address` or `address:port`: BYLAW_RESOLVERS. */
  readonly resolvers: readonly string[];
  /** Port of the name servers that DNS names; left out: 53. */
  readonly nameServerPort?: number;
  /** Where a vendor is asked in place of its own host, by source: BYLAW_ANTHROPIC_URL, BYLAW_MICROSOFT_URL. */
  readonly vendorUrls?: Readonly<Record<string, string>>;
  /** Where proxies ask about requests (ICAP); null or left out: nowhere. */
  readonly icapAt?: { readonly host: string; readonly port: number; readonly secure: boolean } | null;
  /** What is not safe about how the server was told to run, each as a sentence for a person. */
  readonly warnings?: readonly string[];
  /** Changes with every build of the console, so that a stale tab can be told. */
  readonly build: string;
}

/** Who is asking: a person through a session or a token of theirs. */
export interface Actor {
  readonly kind: 'user' | 'token';
  /** Id of the user, also for a personal token. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly grants: readonly Grant[];
  /** null where a token is used. */
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  /** A token for reading only, or for one client only, can do no more than that. `purpose`: what it was made for. */
  readonly limits: {
    readonly readOnly: boolean;
    readonly client: string | null;
    readonly purpose?: string | null;
  };
  /** A second factor is required of them and they have none: they set one up before anything else. */
  readonly lacksSecondFactor?: boolean;
}

/** What the server hands to each request before anything is decided. */
export interface RequestContext {
  readonly services: Services;
  readonly actor: Actor | null;
  readonly request: {
    readonly id: string;
    readonly ip: string;
    readonly userAgent: string;
    /** Names of the headers that came, in small letters. */
    readonly headerNames: readonly string[];
    /** Cookies by name, as sent. */
    readonly cookies: Readonly<Record<string, string>>;
    /** The body of an operation with transport `upload`, not read yet; null for every other. */
    readonly body: Readable | null;
    /** Aborts when the other side hangs up. */
    readonly signal: AbortSignal;
    /** The header `Idempotency-Key` as it came; left out: there was none. */
    readonly idempotencyKey?: string;
    /** A token came along that does not count; left out: none did. */
    readonly wrongToken?: boolean;
  };
  /** Sets a header of the answer, for cookies. */
  readonly setHeader: (name: string, value: string) => void;
  /** Says in the `Link` header where the page after this one is (RFC 8288). */
  readonly linkNext: (cursor: string) => void;
}

/** The client of a request, known to be the actor's to see. */
export interface ClientRef {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly sandbox: boolean;
}

/** Notes what a change did. A change that notes nothing is rolled back and fails: no act without a record. */
export interface Recorder {
  /** `action` defaults to the one in the operation's contract, `chain` to the client or the workspace. */
  record(entry: RecordEntry): Promise<void>;
  /** The change touches what verdicts rest on: they are decided again once it is stored. */
  facts(): Promise<void>;
  /** Nothing had to be changed; whatever was written is rolled back. */
  unchanged(): void;
}

export type RecordEntry = Omit<AuditRecord, 'chain' | 'actor' | 'action' | 'at'> &
  /** `actor` is for anyone who proved who they are within the operation itself; else it is the one who is signed in. */
  Partial<Pick<AuditRecord, 'chain' | 'action' | 'actor'>>;

/** The context of a handler: what the server handed over, and what the middleware made of it. */
export type HandlerContext = Omit<RequestContext, keyof Secured> & Secured;

/** What handlers work with, after the middleware in secured.ts. */
export interface Secured {
  /** The signed-in person. Reading it in a public operation is a mistake of the program and throws. */
  readonly actor: Actor;
  /** Who is signed in, if anyone: for public operations. */
  readonly signedIn: Actor | null;
  /** The client of a client's operation. Reading it elsewhere is a mistake of the program and throws. */
  readonly client: ClientRef;
  readonly now: Date;
  readonly can: (permission: Permission, client?: string | null) => boolean;
  /** One consistent reading, scoped to the operation's client (or to the workspace). */
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** One change with its audit record, scoped likewise. All of it or nothing. */
  readonly change: <T>(work: (tx: Tx, recorder: Recorder) => Promise<T>) => Promise<T>;
  /** The scope that read and change use. */
  readonly scope: Scope;
}
