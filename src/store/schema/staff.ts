import type { Generated } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

/** What staff without an account do on the pages for them. */
export interface StaffTables {
  staff_reports: {
    client_id: string;
    id: string;
    /** What the person is given to refer to it. */
    reference: string;
    /** unexpected, personal_session, connector, other, question */
    kind: string;
    /** Id of the clause of the policy that it is about; null: of none. */
    clause: string | null;
    said: string;
    /** When it happened, in their words; null: they did not say. */
    happened: string | null;
    /** How to reach them, in their words; null: they did not say. */
    contact: string | null;
    /** Their address, where a link in a mail showed it to be theirs; null: nothing shows who it was. */
    address: string | null;
    received_at: Instant;
    closed_by: string | null;
    closed_by_name: string | null;
    closed_at: MaybeInstant;
    closed_reason: string | null;
    version: Generated<number>;
  };
  /** Links to a person's own page. */
  staff_links: {
    client_id: string;
    id: string;
    token_hash: string;
    address: string;
    /** Hash of what the browser holds in which the page opens. */
    browser_hash: string;
    /** What the browser showed that asked, for whoever opens the link in another one. */
    check_number: string;
    wrong_tries: Generated<number>;
    made_at: Instant;
    expires_at: Instant;
    /** How the address was shown to be theirs: mail_link, sign_in. */
    method: Generated<string>;
    /** The account at which they signed in: ids of the Entra tenant and of the account, with a slash. */
    provider: string | null;
  };
  /** The application in a client's Entra tenant at which its staff sign in. No row: links by mail only. */
  staff_sign_in: {
    client_id: string;
    /** global, us_government */
    cloud: string;
    tenant_id: string;
    application_id: string;
    /** null: a public client, which PKCE alone protects. */
    secret_sealed: string | null;
    version: Generated<number>;
    changed_by_name: string;
    changed_at: Instant;
  };
  /** Which account of a tenant somebody of the staff signed in with under an address. */
  staff_accounts: {
    client_id: string;
    tenant_id: string;
    /** `oid`, which never changes and is never given to someone else. */
    account_id: string;
    address: string;
    first_at: Instant;
    last_at: Instant;
  };
  /** Quizzes of the training that were handed in; what was answered is not kept. */
  training_attempts: {
    client_id: string;
    id: string;
    address: string;
    at: Instant;
    passed: boolean;
    /** null: not passed. */
    right_answers: number | null;
    questions: number | null;
    /** Of the training and its quiz; null: not passed. */
    sha256: string | null;
  };
  /** Staff who want a connector that was asked for on the pages for them, whoever asked first. */
  connector_request_people: {
    client_id: string;
    connector_request_id: string;
    address: string;
    name: string;
    purpose: string;
    asked_at: Instant;
  };
}
