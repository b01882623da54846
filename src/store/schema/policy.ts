import type { Generated } from 'kysely';
import type { PolicyContent } from '#domain/policy/content.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** A policy in another language: text with placeholders, and field values where they differ from the main text. */
export interface PolicyTranslation {
  readonly content: PolicyContent;
  readonly fields: Readonly<Record<string, string>>;
}

/** A translation as published: `content` has its placeholders filled in, and the hash is of its plain text. */
export interface PublishedTranslation extends PolicyTranslation {
  readonly source: PolicyContent;
  readonly sha256: string;
}

/** The acceptable use policy of a client: drafts, published versions and acknowledgements. */
export interface PolicyTables {
  /** Who is qualified to check Claude's texts before a use. */
  output_reviewers: {
    client_id: string;
    /** See domain/policy/output-uses.ts. */
    use: string;
    /** Names or job titles, as typed. */
    people: Json<string[]>;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: number;
  };
  /** Recorded reviews of Claude's texts. */
  output_reviews: {
    client_id: string;
    id: string;
    use: string;
    /** What was reviewed. */
    title: string;
    reviewer: string;
    /** Whether the reviewer was designated for the use at the time. */
    named: boolean;
    reviewed_on: string;
    note: string | null;
    recorded_by: string;
    recorded_by_name: string;
    recorded_at: Instant;
  };
  policy_drafts: {
    client_id: string;
    id: string;
    /** Changes since the previous version, for staff and approvers. */
    reason: string;
    /** With its placeholders not yet filled in. */
    content: Json<PolicyContent>;
    fields: Json<Record<string, string>>;
    /** Translations by language tag. */
    translations: Json<Record<string, PolicyTranslation>>;
    /** Ids of the sources named in the staff notice. */
    collected: Json<string[]>;
    /** Ids of the kinds of data that it allows in Claude. */
    data: Json<string[]>;
    /** Reason for omitting a clause of the template, by clause id. */
    left_out: Json<Record<string, string>>;
    /** Whether everyone has to acknowledge it again. */
    material: boolean;
    /** First day in effect; null: the day of its approval. */
    effective_on: string | null;
    /** draft, proposed, published, refused, withdrawn */
    state: string;
    /** Number of times it was proposed. */
    round: Generated<number>;
    created_by: string;
    created_by_name: string;
    created_at: Instant;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    proposed_by: string | null;
    proposed_by_name: string | null;
    proposed_at: MaybeInstant;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_reason: string | null;
    version: Generated<number>;
  };
  /** History of a draft, in order. */
  policy_steps: {
    client_id: string;
    policy_draft_id: string;
    seq: number;
    /** made, edited, proposed, approved, returned, refused, withdrawn */
    act: string;
    note: string | null;
    done_by: string;
    done_by_name: string;
    done_at: Instant;
  };
  /** Published versions. Append-only. */
  policy_versions: {
    client_id: string;
    /** Incremented by material changes. */
    number: number;
    /** Incremented, within a number, by changes that need no new acknowledgement. */
    revision: number;
    policy_draft_id: string;
    /** As staff read it, with its placeholders filled in. */
    content: Json<PolicyContent>;
    /** As edited, the base of the next draft. */
    source: Json<PolicyContent>;
    fields: Json<Record<string, string>>;
    collected: Json<string[]>;
    data: Json<string[]>;
    left_out: Json<Record<string, string>>;
    /** Translations by language tag. */
    translations: Json<Record<string, PublishedTranslation>>;
    /** SHA-256 of the filled-in content as plain text. */
    sha256: string;
    reason: string;
    effective_on: string;
    proposed_by_name: string;
    approved_by: string;
    approved_by_name: string;
    approved_at: Instant;
  };
  /** Acknowledgements of versions: one row per person and number. Rows are only added and erased. */
  policy_acknowledgements: {
    client_id: string;
    id: string;
    number: number;
    revision: number;
    sha256: string;
    /** Verified address, folded; null: erased. */
    address: string | null;
    /** As signed; null: erased. */
    name: string | null;
    /** mail_link, sign_in */
    method: string;
    /** Name of the identity provider; null: by mail. */
    provider: string | null;
    /** Tag of the language read, to whose text `sha256` applies; null: not yet recorded. */
    language: string | null;
    at: Instant;
    erased_at: MaybeInstant;
  };
  /** Secret URLs of a client's staff page. */
  policy_pages: {
    client_id: string;
    id: string;
    token_hash: string;
    /** Person asked for an acknowledgement; null: whoever opens it and types an address. */
    address: string | null;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
    revoked_at: MaybeInstant;
  };
  /** Single-use links for one person and one acknowledgement, requested on the staff page. */
  policy_links: {
    client_id: string;
    id: string;
    token_hash: string;
    address: string;
    /** Hash of a secret held by the browser that requested it. */
    browser_hash: string;
    /** Number shown in that browser, to be typed if the link is opened in another one. */
    check_number: string;
    wrong_tries: Generated<number>;
    made_at: Instant;
    expires_at: Instant;
    used_at: MaybeInstant;
    /** How the address was verified: mail_link, sign_in. */
    method: Generated<string>;
    /** Account used to sign in: ids of the Entra tenant and of the account, separated by a slash. */
    provider: string | null;
  };
  /** A client's settings for acknowledgements. No row: the defaults. */
  policy_settings: {
    client_id: string;
    /** Whether people are reminded on a schedule. */
    remind: boolean;
    /** Days from a version's first day to the first reminder. */
    first_after: number;
    /** Days between reminders. */
    every: number;
    /** Maximum emails per person about one number. */
    most: number;
    /** Days without reminders, besides weekends and federal holidays. */
    days_off: Json<string[]>;
    version: Generated<number>;
    changed_by_name: string;
    changed_at: Instant;
  };
  /** Mails that asked someone to acknowledge a version. */
  policy_deliveries: {
    client_id: string;
    id: string;
    number: number;
    revision: number;
    address: string;
    name: string;
    /** request: a person sent it. schedule: Bylaw sent it. */
    why: string;
    by_name: string;
    begun_at: Instant;
    ended_at: MaybeInstant;
    /** sending, sent, failed */
    state: string;
    /** Why it was not sent; null: it was, or the outcome is not known. */
    failure: string | null;
  };
}
