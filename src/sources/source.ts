import type { z } from 'zod';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import type { ContentPeriod } from '#domain/charter/content-kept.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Kind, Rows } from '#domain/model/kinds.ts';
import type { FileKind } from './exports/file-kind.ts';

/**
 * A vendor whose systems Bylaw reads: live, by program, and from what people saved of them. One folder each, which makes
 * one of these with {@link defineSource}; `registry.ts` lists them. What the vendor calls its credentials, scopes and
 * limits is data, in `source.yaml` beside it.
 */
export interface Source {
  /** Name of the folder. It is stored with each connection. */
  readonly id: string;
  /** Saved answers and exports that the importer reads. */
  readonly files: readonly FileKind[];
  /** Logs among what people import, whose rows belong in the activity log: what makes activities of them. */
  readonly logs: LogReaders;
  /** How it is read by program; null: only files are read. */
  readonly live: LiveSource | null;
}

/** Makes activities of the rows of one reading, in order; null: a row is none. */
export type LogReader<K extends Kind> = (reading: {
  readonly catalogue: Catalogue;
  readonly observedOn: string;
}) => (row: Rows[K], receivedAt: Date) => Activity | null;
export type LogReaders = { readonly [K in Kind]?: LogReader<K> };

/** What of a vendor is read by program. */
export interface LiveSource {
  /** Checks what someone entered, by the names of `fields`. */
  readonly credential: z.ZodObject;
  /** The form for a credential, a field for each part, in order. */
  readonly fields: Readonly<Record<string, CredentialField>>;
  /** Which of `keys` in `source.yaml` a credential is; null: none of this vendor. */
  kindOf(credential: Credential): string | null;
  /** So much of a credential that people can tell two apart. It is stored and shown. */
  hint(credential: Credential): string;
  /** The only hosts that are asked, by what is not secret of a credential: a tenant's cloud may decide. */
  hosts(settings: Credential): readonly string[];
  readonly streams: readonly StreamFacts[];
  /** A tenant is of one client only: one that is connected for another client is refused. */
  readonly oneClient: boolean;
  /** Why a credential cannot be used beside those of other kinds of the client, by what is no secret of them; null: it can. */
  whyNotBeside(credential: Credential, others: readonly Credential[]): string | null;
  /** Whose act it was where the vendor's log tells of a request of Bylaw's own; null: it tells of none. */
  ownRequest(activity: Activity): { readonly requestId: string; readonly credentialId: string } | null;
  /** Signs in with a credential. Nothing is asked before something is read. */
  open(credential: Credential, reach: Reach): OpenSource;
}

/** What someone entered, by the names of the fields. */
export type Credential = Readonly<Record<string, string>>;

/** How a part of a credential is asked for. */
export interface CredentialField {
  readonly label: string;
  readonly help?: string;
  /** Sealed, and never shown again; the rest is stored and shown. */
  readonly secret?: boolean;
  readonly placeholder?: string;
  /** Several lines, such as a certificate. */
  readonly lines?: boolean;
  /** For a choice: each value in words. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** What a source reaches its vendor with. Nothing else leads outside. */
export interface Reach {
  /** Where a declared host is asked: itself, or what the person who runs this server put in its place. */
  address(host: string): string;
  /** Asks one of the declared hosts, without redirects. Throws for any other. */
  fetch(url: URL, request: ReachRequest): Promise<Response>;
  /** Takes requests off one of the `limits`; throws a SourceProblem where it is used up. Left out: one request. */
  take(limit: string, requests?: number): Promise<void>;
  /** Told where the vendor says that a limit is used up, whoever used it. */
  exhausted(limit: string): Promise<void>;
  /** Told the vendor's number of each request that it answered, by which its log names the request. */
  answered(requestId: string): void;
  /** Stores a credential that the vendor gave in place of the one in use, such as a new refresh token. */
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

/** A source that is signed in to. */
export interface OpenSource {
  /** Finds out by reading what the credential may read. Throws a SourceProblem where it is refused or nobody answers. */
  test(kind: string, now: Date): Promise<AccessTest>;
  /** Reads a stream on from a place. What it yields is stored before it is asked for more; killed, it goes on from there. */
  read(stream: string, context: ReadContext): AsyncGenerator<StreamBatch>;
}

/** What a vendor keeps apart and a credential reads: an organization at one, a tenant at another. */
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
  /** What shares the vendor's limits; null: the credential does not tell. */
  readonly parent: string | null;
  /** When the credential ends; left out: it does not, or the vendor does not say. */
  readonly expiresAt?: string;
  /** Whether the vendor keeps its log; null: the credential does not tell, or there is nothing to stop. */
  readonly recording: boolean | null;
}

/** One thing that is read of a source, in its own rhythm. */
export interface StreamFacts {
  readonly id: string;
  /** As a person says it: "Activity feed". */
  readonly title: string;
  readonly keyKinds: readonly string[];
  /** Scopes of which it needs at least one. */
  readonly scopes: readonly string[];
  /** Scopes with which it reads more; left out: none. */
  readonly optional?: readonly string[];
  /** Kinds of readings that it brings, or that rules take its activities for; left out: none. */
  readonly kinds?: readonly Kind[];
  readonly everyMinutes: number;
  /** Ledger that says which time is complete; null: it reads how things stand, not what happened. */
  readonly ledger: string | null;
  /** It reads what happened in every tenant that its credential sees, so that another one is read from its start. */
  readonly everyTenant?: boolean;
}

export interface SourceStream<Client> extends StreamFacts {
  read(context: StreamContext<Client>): AsyncGenerator<StreamBatch>;
}

export interface ReadContext {
  /** What the last batch stored; null: nothing was read yet. */
  readonly place: unknown;
  /** Scopes that the credential was seen to have. */
  readonly granted: ReadonlySet<string>;
  readonly catalogue: Catalogue;
  /** What the client's newest charter says; empty: there is none. */
  readonly charter: Charter;
  readonly clock: () => Date;
  /** When the client's charters let text be kept, and which; null: none is kept. */
  readonly content: readonly ContentPeriod[] | null;
}

export interface StreamContext<Client> extends ReadContext {
  readonly client: Client;
}

export interface StreamBatch {
  readonly activities?: readonly Activity[];
  /** Texts of them that the charter lets be kept. */
  readonly texts?: readonly ActivityText[];
  /** Answers that become readings, as the files that the importers know. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly place: unknown;
  /** What the credential reads now, where the stream lists it. */
  readonly tenants?: readonly Tenant[];
  /** Ids of accounts with their addresses, where the stream lists them. */
  readonly accounts?: readonly { readonly id: string; readonly address: string }[];
  readonly complete?: { readonly from: string; readonly to: string } | null;
  /** Time in which nothing was recorded, for good. */
  readonly unrecorded?: readonly { readonly from: string; readonly to: string }[];
  /** What the source tells of its own recording. */
  readonly recording?: { readonly on: boolean; readonly at: string } | null;
  /** Said where something was left out, for a person. */
  readonly says?: string;
}

/** A live source as its folder writes it, typed by its own credential and its own client. */
export interface LiveDefinition<S extends z.ZodObject, Client> {
  readonly credential: S;
  readonly fields: Readonly<Record<keyof z.infer<S> & string, CredentialField>>;
  kindOf(credential: z.infer<S>): string | null;
  hint(credential: z.infer<S>): string;
  hosts(settings: Credential): readonly string[];
  readonly streams: readonly SourceStream<Client>[];
  readonly oneClient?: boolean;
  whyNotBeside?(credential: z.infer<S>, others: readonly Credential[]): string | null;
  ownRequest?: LiveSource['ownRequest'];
  connect(credential: z.infer<S>, reach: Reach): Client;
  test(client: Client, kind: string, now: Date): Promise<AccessTest>;
}

/** Makes a source of what its folder says, so that all can be worked with alike. */
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
    whyNotBeside: (given, others) => live.whyNotBeside?.(live.credential.parse(given), others) ?? null,
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

/** Names of the parts of a credential that are sealed. */
export function secretFields({ fields }: Pick<LiveSource, 'fields'>): readonly string[] {
  return Object.entries(fields).flatMap(([name, { secret }]) => (secret === true ? [name] : []));
}
