import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.ts';

/** What is done about personal accounts. */
export interface PersonalAccountTables {
  /** How a client goes about it; a client without a row goes about it as the defaults say. */
  campaigns: {
    client_id: string;
    contact_name: string | null;
    contact_address: string | null;
    policy_url: string | null;
    /** Whether Bylaw sends reminders by itself. */
    reminders: Generated<boolean>;
    /** Days of silence after which it does. */
    remind_after: Generated<number>;
    most_reminders: Generated<number>;
    version: Generated<number>;
    changed_by: string | null;
    changed_by_name: string | null;
    changed_at: Instant | null;
  };
  account_steps: {
    client_id: string;
    /** Address of the account. */
    account: string;
    /** Counts the steps of one account, from 1. */
    seq: number;
    kind: string;
    at: Instant;
    /** Day in the client's zone. */
    day: string;
    /** bylaw, person */
    made: string;
    by_id: string | null;
    by_name: string;
    detail: Json<Record<string, unknown>>;
    note: string | null;
  };
  /** A client's own words for a message; the newest version counts. */
  message_texts: {
    client_id: string;
    kind: string;
    version: number;
    subject: string;
    body: string;
    written_by: string;
    written_by_name: string;
    written_at: Instant;
  };
  account_messages: {
    client_id: string;
    id: string;
    /** null: it goes to someone who is asked for nothing, for example a manager. */
    account: string | null;
    kind: string;
    /** Version of the client's own words; 0: those of the catalogue. */
    wording: number;
    recipient: string;
    subject: string;
    body: string;
    /** mail, hand */
    how: string;
    /** sending: begun, and not known yet what became of it; sent; failed */
    state: string;
    why: string | null;
    /** null: Bylaw, automatically. */
    begun_by: string | null;
    begun_by_name: string;
    begun_at: Instant;
    ended_at: Instant | null;
  };
}
