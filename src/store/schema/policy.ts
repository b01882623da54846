import type { Generated } from 'kysely';
import type { PolicyContent } from '#domain/policy/content.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** A policy in another language, with its fields in braces and their values where they differ from the main text. */
export interface PolicyTranslation {
  readonly content: PolicyContent;
  readonly fields: Readonly<Record<string, string>>;
}

/** A translation as it was published: `content` is filled, and the hash is of its plain text. */
export interface PublishedTranslation extends PolicyTranslation {
  readonly source: PolicyContent;
  readonly sha256: string;
}

/** The acceptable use policy of a client: drafts, what was published, and who acknowledged it. */
export interface PolicyTables {
  /** Who is qualified to check Claude’s texts before a use. */
  output_reviewers: {
    client_id: string;
    /** domain/policy/output-uses.ts */
    use: string;
    /** Names or functions, as they were typed. */
    people: Json<string[]>;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: number;
  };
  /** Reviews of Claude’s texts, as somebody recorded them. */
  output_reviews: {
    client_id: string;
    id: string;
    use: string;
    /** What was reviewed. */
    title: string;
    reviewer: string;
    /** Whether the reviewer was named for the use when it was recorded. */
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
    /** What changes against the version before, for staff and for who approves it. */
    reason: string;
    /** With its fields still in braces. */
    content: Json<PolicyContent>;
    fields: Json<Record<string, string>>;
    /** The text in further languages, by their tags. */
    translations: Json<Record<string, PolicyTranslation>>;
    /** Ids of the sources that the staff notice names. */
    collected: Json<string[]>;
    /** Kinds of data that it says Claude may be given, by their ids. */
    data: Json<string[]>;
    /** Why a clause of the template is not in it, by the clause's id. */
    left_out: Json<Record<string, string>>;
    /** Whether everyone has to acknowledge it again. */
    material: boolean;
    /** First day on which it is to hold; null: the day on which it is approved. */
    effective_on: string | null;
    /** draft, proposed, published, refused, withdrawn */
    state: string;
    /** How often it was proposed. */
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
  /** Everything that was done with a draft, in order. */
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
  /** What was published. Rows are only ever added. */
  policy_versions: {
    client_id: string;
    /** Counts material changes. */
    number: number;
    /** Counts, within a number, the changes that nobody has to acknowledge. */
    revision: number;
    policy_draft_id: string;
    /** With its fields filled in: what staff read. */
    content: Json<PolicyContent>;
    /** As it was edited, for the next draft. */
    source: Json<PolicyContent>;
    fields: Json<Record<string, string>>;
    collected: Json<string[]>;
    data: Json<string[]>;
    left_out: Json<Record<string, string>>;
    /** The text in further languages, by their tags. */
    translations: Json<Record<string, PublishedTranslation>>;
    /** SHA-256 of the filled content as plain text. */
    sha256: string;
    reason: string;
    effective_on: string;
    proposed_by_name: string;
    approved_by: string;
    approved_by_name: string;
    approved_at: Instant;
  };
  /** Who acknowledged which version: one row for each person and number. Rows are only added and erased. */
  policy_acknowledgements: {
    client_id: string;
    id: string;
    number: number;
    revision: number;
    sha256: string;
    /** The address that was shown to be theirs, folded; null: erased. */
    address: string | null;
    /** As they signed; null: erased. */
    name: string | null;
    /** mail_link, sign_in */
    method: string;
    /** Name of the provider at which they signed in; null: by mail. */
    provider: string | null;
    /** Tag of the language in which they read it, whose text `sha256` is of; null: it was not recorded yet. */
    language: string | null;
    at: Instant;
    erased_at: MaybeInstant;
  };
  /** Secret addresses of a client's staff page. */
  policy_pages: {
    client_id: string;
    id: string;
    token_hash: string;
    /** Of whom it asks an acknowledgement; null: of whoever opens it and types an address. */
    address: string | null;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
    revoked_at: MaybeInstant;
  };
  /** Links for one person and one acknowledgement, asked for on the staff page. */
  policy_links: {
    client_id: string;
    id: string;
    token_hash: string;
    address: string;
    /** Hash of what the browser holds that asked for it. */
    browser_hash: string;
    /** What that browser shows, for whoever opens the link in another one. */
    check_number: string;
    wrong_tries: Generated<number>;
    made_at: Instant;
    expires_at: Instant;
    used_at: MaybeInstant;
    /** How the address was shown to be theirs: mail_link, sign_in. */
    method: Generated<string>;
    /** The account at which they signed in: ids of the Entra tenant and of the account, with a slash. */
    provider: string | null;
  };
  /** How a client goes about acknowledgements. No row: nobody set anything. */
  policy_settings: {
    client_id: string;
    /** People are reminded on a schedule. */
    remind: boolean;
    /** Days from the first day of the version to the first reminder. */
    first_after: number;
    /** Days between two reminders. */
    every: number;
    /** Maximum emails per person about one number. */
    most: number;
    /** Days on which nobody is reminded, beside weekends and federal holidays. */
    days_off: Json<string[]>;
    version: Generated<number>;
    changed_by_name: string;
    changed_at: Instant;
  };
  /** Every mail that asked somebody to acknowledge a version. */
  policy_deliveries: {
    client_id: string;
    id: string;
    number: number;
    revision: number;
    address: string;
    name: string;
    /** request: somebody asked for it; schedule: Bylaw sent it. */
    why: string;
    by_name: string;
    begun_at: Instant;
    ended_at: MaybeInstant;
    /** sending, sent, failed */
    state: string;
    /** Why it did not go out; null: it did, or nothing is known. */
    failure: string | null;
  };
}
