import type { Generated } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

/** What staff without an account do on their pages. */
export interface StaffTables {
  staff_reports: {
    client_id: string;
    id: string;
    /** Reference number given to the person. */
    reference: string;
    /** unexpected, personal_session, connector, other, question */
    kind: string;
    /** Id of the policy clause that it is about; null: none. */
    clause: string | null;
    said: string;
    /** When it happened, in their words; null: not stated. */
    happened: string | null;
    /** How to reach them, in their words; null: not stated. */
    contact: string | null;
    /** Their address, verified with a link in a mail; null: sender not verified. */
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
    /** Hash of a secret held by the browser that the page opens in. */
    browser_hash: string;
    /** Number shown in the browser that requested it, to be typed if the link is opened in another one. */
    check_number: string;
    wrong_tries: Generated<number>;
    made_at: Instant;
    expires_at: Instant;
    /** How the address was verified: mail_link, sign_in. */
    method: Generated<string>;
    /** Account used to sign in: ids of the Entra tenant and of the account, separated by a slash. */
    provider: string | null;
  };
  /** The application in a client's Entra tenant with which its staff sign in. No row: links by mail only. */
  staff_sign_in: {
    client_id: string;
    /** global, us_government */
    cloud: string;
    tenant_id: string;
    application_id: string;
    /** null: a public client, protected by PKCE alone. */
    secret_sealed: string | null;
    version: Generated<number>;
    changed_by_name: string;
    changed_at: Instant;
  };
  /** Accounts of a tenant with which staff signed in, by address. */
  staff_accounts: {
    client_id: string;
    tenant_id: string;
    /** `oid`, which never changes and is never reused. */
    account_id: string;
    address: string;
    first_at: Instant;
    last_at: Instant;
  };
  /** Submitted training quizzes; answers are not kept. */
  training_attempts: {
    client_id: string;
    id: string;
    address: string;
    at: Instant;
    passed: boolean;
    /** null: not passed. */
    right_answers: number | null;
    questions: number | null;
    /** Hash of the training and its quiz; null: not passed. */
    sha256: string | null;
  };
  /** Staff who want a connector requested on their pages, including those who did not ask first. */
  connector_request_people: {
    client_id: string;
    connector_request_id: string;
    address: string;
    name: string;
    purpose: string;
    asked_at: Instant;
  };
}
