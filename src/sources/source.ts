import type { z } from 'zod';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import type { ContentPeriod } from '#domain/charter/content-kept.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Kind, Rows } from '#domain/model/kinds.ts';
import type { FileKind } from './exports/file-kind.ts';

/**
 * A vendor whose systems Bylaw reads: live through its API, and from saved answers and exports. Each has a folder that
 * creates one of these with {@link defineSource}; `registry.ts` lists them. The vendor's credentials, scopes and
 * limits are data, in `source.yaml` beside it.
 */
export interface Source {
  /** Name of the folder. It is stored with each connection. */
  readonly id: string;
  /** Saved answers and exports that the importer reads. */
  readonly files: readonly FileKind[];
  /** Imported logs whose rows belong in the activity log, with their conversion to activities. */
  readonly logs: LogReaders;
  /** Live access; null: only files are read. */
  readonly live: LiveSource | null;
}

/** Converts the rows of one reading to activities, in order; null: a row is not one. */
export type LogReader<K extends Kind> = (reading: {
  readonly catalogue: Catalogue;
  readonly observedOn: string;
}) => (row: Rows[K], receivedAt: Date) => Activity | null;
export type LogReaders = { readonly [K in Kind]?: LogReader<K> };

/** Live access to a vendor. */
export interface LiveSource {
  /** Validates the form's values, by the names of `fields`. */
  readonly credential: z.ZodObject;
  /** The form for a credential: a field for each part, in order. */
  readonly fields: Readonly<Record<string, CredentialField>>;
  /** Which of `keys` in `source.yaml` a credential is; null: none of this vendor. */
  kindOf(credential: Credential): string | null;
  /** The part of a credential by which people can distinguish two. It is stored and shown. */
  hint(credential: Credential): string;
  /**
   * The only hosts to contact, by the non-secret parts of a credential, because they may depend on a tenant's cloud.
   */
  hosts(settings: Credential): readonly string[];
  readonly streams: readonly StreamFacts[];
  /** A tenant belongs to one client only: connecting it for another client is refused. */
  readonly oneClient: boolean;
  /**
   * Why a credential cannot be combined with those of other kinds of the client, by its non-secret parts; null: it
   * can.
   */
  whyNotWith(credential: Credential, others: readonly Credential[]): string | null;
  /** Actor of Bylaw's own requests in the vendor's log; null: the log does not contain them. */
  ownRequest(activity: Activity): { readonly requestId: string; readonly credentialId: string } | null;
  /** Creates a client with a credential. Sends no request before something is read. */
  open(credential: Credential, reach: Reach): OpenSource;
}

/** Values entered by a person, by the names of the fields. */
export type Credential = Readonly<Record<string, string>>;

/** The form field of a part of a credential. */
export interface CredentialField {
  readonly label: string;
  readonly help?: string;
  /** Sealed, and never shown again; other parts are stored and shown. */
  readonly secret?: boolean;
  readonly placeholder?: string;
  /** Multi-line text, such as a certificate. */
  readonly lines?: boolean;
  /** For a choice: the label of each value. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** The only means by which a source may reach its vendor. */
export interface Reach {
  /** Base URL for a declared host: the host itself, or what the operator configured instead. */
  address(host: string): string;
  /** Sends a request to one of the declared hosts, without following redirects. Throws for any other host. */
  fetch(url: URL, request: ReachRequest): Promise<Response>;
  /** Deducts requests from one of the `limits`; throws a SourceProblem if it is exhausted. Left out: one request. */
  take(limit: string, requests?: number): Promise<void>;
  /** Called when the vendor says that a limit is exhausted, whoever used it. */
  exhausted(limit: string): Promise<void>;
  /** Called with the vendor's id of each answered request, which identifies the request in its log. */
  answered(requestId: string): void;
  /** Stores a credential that the vendor issued as a replacement, such as a new refresh token. */
  renewed(credential: Credential): Promise<void>;
  readonly clock: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface ReachRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** A source with a credential. */
export interface OpenSource {
  /**
   * Determines by reading what the credential may read. Throws a SourceProblem if it is refused or there is no answer.
   */
  test(kind: string, now: Date): Promise<AccessTest>;
  /**
   * Reads a stream from a position. Each yielded batch is stored before the next is requested; after a crash it
   * continues from there.
   */
  read(stream: string, context: ReadContext): AsyncGenerator<StreamBatch>;
}

/** What a credential reads: an organization at one vendor, a tenant at another. */
export interface Tenant {
  readonly id: string;
  readonly name: string | null;
}

export interface AccessTest {
  readonly scopes: readonly {
    readonly scope: string;
    readonly state: 'granted' | 'missing' | 'unknown';
    readonly why: string | null;
  }[];
  readonly tenants: readonly Tenant[];
  /** Scope of the vendor's limits; null: not known for the credential. */
  readonly parent: string | null;
  /** When the credential expires; left out: never, or not stated by the vendor. */
  readonly expiresAt?: string;
  /** Whether the vendor's log is turned on; null: not known for the credential, or it cannot be turned off. */
  readonly recording: boolean | null;
}

/** Something that is read from a source on its own schedule. */
export interface StreamFacts {
  readonly id: string;
  /** Display name: "Activity feed". */
  readonly title: string;
  readonly keyKinds: readonly string[];
  /** Scopes of which it needs at least one. */
  readonly scopes: readonly string[];
  /** Optional scopes with which it reads more; left out: none. */
  readonly optional?: readonly string[];
  /** Kinds of readings that it produces, or that rules derive from its activities; left out: none. */
  readonly kinds?: readonly Kind[];
  readonly everyMinutes: number;
  /** Ledger of periods that are complete; null: it reads states, not events. */
  readonly ledger: string | null;
  /** It reads the events of every tenant that its credential can access, so a new tenant is read from its beginning. */
  readonly everyTenant?: boolean;
}

export interface SourceStream<Client> extends StreamFacts {
  read(context: StreamContext<Client>): AsyncGenerator<StreamBatch>;
}

export interface ReadContext {
  /** Position stored by the last batch; null: nothing was read yet. */
  readonly place: unknown;
  /** Scopes that the credential was found to have. */
  readonly granted: ReadonlySet<string>;
  readonly catalogue: Catalogue;
  /** The client's latest charter; empty: there is none. */
  readonly charter: Charter;
  readonly clock: () => Date;
  /** During which periods, and which texts, the client's charters allow to be stored; null: none. */
  readonly content: readonly ContentPeriod[] | null;
}

export interface StreamContext<Client> extends ReadContext {
  readonly client: Client;
}

export interface StreamBatch {
  readonly activities?: readonly Activity[];
  /** Their texts that the charter allows to be stored. */
  readonly texts?: readonly ActivityText[];
  /** Answers that become readings, in the formats of the importers. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly place: unknown;
  /** What the credential currently reads, if the stream lists it. */
  readonly tenants?: readonly Tenant[];
  /** Accounts' ids with their addresses, if the stream lists them. */
  readonly accounts?: readonly { readonly id: string; readonly address: string }[];
  readonly complete?: { readonly from: string; readonly to: string } | null;
  /** Periods in which nothing was recorded, which cannot be recovered. */
  readonly unrecorded?: readonly { readonly from: string; readonly to: string }[];
  /** The source's own statement about its recording. */
  readonly recording?: { readonly on: boolean; readonly at: string } | null;
  /** What was omitted, as a sentence for a person. */
  readonly says?: string;
}

/** A live source as written by its folder, with its own credential and client types. */
export interface LiveDefinition<S extends z.ZodObject, Client> {
  readonly credential: S;
  readonly fields: Readonly<Record<keyof z.infer<S> & string, CredentialField>>;
  kindOf(credential: z.infer<S>): string | null;
  hint(credential: z.infer<S>): string;
  hosts(settings: Credential): readonly string[];
  readonly streams: readonly SourceStream<Client>[];
  readonly oneClient?: boolean;
  whyNotWith?(credential: z.infer<S>, others: readonly Credential[]): string | null;
  ownRequest?: LiveSource['ownRequest'];
  connect(credential: z.infer<S>, reach: Reach): Client;
  test(client: Client, kind: string, now: Date): Promise<AccessTest>;
}

/** Widens the definition of a source, so that all sources can be handled alike. */
export function defineSource<S extends z.ZodObject = z.ZodObject, Client = never>(source: {
  readonly id: string;
  readonly files?: readonly FileKind[];
  readonly logs?: LogReaders;
  readonly live?: LiveDefinition<S, Client>;
}): Source {
  const { id, files = [], logs = {}, live } = source;
  return { id, files, logs, live: live === undefined ? null : liveOf(live) };
}

function liveOf<S extends z.ZodObject, Client>(live: LiveDefinition<S, Client>): LiveSource {
  return {
    credential: live.credential,
    fields: live.fields,
    kindOf: (given) => live.kindOf(live.credential.parse(given)),
    hint: (given) => live.hint(live.credential.parse(given)),
    hosts: live.hosts,
    streams: live.streams,
    oneClient: live.oneClient ?? false,
    whyNotWith: (given, others) => live.whyNotWith?.(live.credential.parse(given), others) ?? null,
    ownRequest: live.ownRequest ?? (() => null),
    open(given, reach) {
      const client = live.connect(live.credential.parse(given), reach);
      return {
        test: (kind, now) => live.test(client, kind, now),
        read(name, context) {
          const stream = live.streams.find((one) => one.id === name);
          if (stream === undefined) throw new TypeError(`There is no stream ${name}.`);
          return stream.read({ ...context, client });
        },
      };
    },
  };
}

/** Names of the sealed parts of a credential. */
export function secretFields({ fields }: Pick<LiveSource, 'fields'>): readonly string[] {
  return Object.entries(fields).flatMap(([name, { secret }]) => (secret === true ? [name] : []));
}
