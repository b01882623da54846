import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import type { ContentPeriod } from '#domain/charter/content-kept.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { KeyKind } from '#domain/model/vendor-source.ts';
import type { AnthropicClient } from './anthropic/client.ts';

/**
 * A system of a vendor that is read by program with a key. One folder each, which exports one of these; all stand in
 * `registry.ts`. What its keys and scopes are called stands in `catalogue/sources/<id>.yaml`.
 */
export interface Source {
  readonly id: string;
  readonly host: string;
  /** What kind of key a text is, by its form; null: none of this vendor. */
  recognize(key: string): KeyKind | null;
  /** Finds out by reading what a key may read. Throws a VendorProblem where the key is refused or nobody answers. */
  test(client: AnthropicClient, keyKind: KeyKind, now: Date): Promise<KeyTest>;
  readonly streams: readonly SourceStream[];
}

export interface KeyTest {
  readonly scopes: readonly {
    readonly scope: string;
    readonly state: 'granted' | 'missing' | 'unknown';
    readonly why: string | null;
  }[];
  readonly organizations: readonly { readonly id: string; readonly name: string | null }[];
  /** What shares the vendor's limit; null: the key does not tell. */
  readonly parent: string | null;
  /** Whether the vendor records; null: the key does not tell. */
  readonly recording: boolean | null;
}

/** One thing that is read of a source, in its own rhythm. */
export interface SourceStream {
  readonly id: string;
  /** As a person says it: "Activity feed". */
  readonly title: string;
  readonly keyKinds: readonly KeyKind[];
  /** Scopes of which it needs at least one; an admin key has no scopes and needs none. */
  readonly scopes: readonly string[];
  readonly everyMinutes: number;
  /** Ledger that says which time is complete; null: it reads how things stand, not what happened. */
  readonly ledger: string | null;
  /** It reads what happened in every organization that its key sees, so that another one is read from its start. */
  readonly everyOrganization?: boolean;
  /** Reads on from a place. What it yields is stored before it is asked for more; killed, it goes on from there. */
  read(context: StreamContext): AsyncGenerator<StreamBatch>;
}

export interface StreamContext {
  readonly client: AnthropicClient;
  /** What the last batch stored; null: nothing was read yet. */
  readonly place: unknown;
  /** Scopes that the key was seen to have. */
  readonly granted: ReadonlySet<string>;
  readonly catalogue: Catalogue;
  readonly clock: () => Date;
  /** When the client's charters let text be kept, and which; null: none is kept. */
  readonly content: readonly ContentPeriod[] | null;
}

export interface StreamBatch {
  readonly activities?: readonly Activity[];
  /** Texts of them that the charter lets be kept. */
  readonly texts?: readonly ActivityText[];
  /** Answers that become readings, as the files that the importers know. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly place: unknown;
  /** Organizations that the key reads now, where the stream lists them. */
  readonly organizations?: readonly { readonly id: string; readonly name: string | null }[];
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
