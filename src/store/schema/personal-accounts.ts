import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.ts';

/** Handling of personal accounts. */
export interface PersonalAccountTables {
  /** A client's settings; without a row, the defaults. */
  campaigns: {
    client_id: string;
    contact_name: string | null;
    contact_address: string | null;
    policy_url: string | null;
    /** Whether Bylaw sends reminders automatically. */
    reminders: Generated<boolean>;
    /** Days without a response before a reminder. */
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
    /** Sequence number within the account, from 1. */
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
  /** A client's own wording of a message; the newest version applies. */
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
    /** null: the recipient is not asked for anything, for example a manager. */
    account: string | null;
    kind: string;
    /** Version of the client's own wording; 0: that of the catalogue. */
    wording: number;
    recipient: string;
    subject: string;
    body: string;
    /** mail, hand */
    how: string;
    /** sending (begun, outcome not yet known), sent, failed */
    state: string;
    why: string | null;
    /** null: Bylaw, automatically. */
    begun_by: string | null;
    begun_by_name: string;
    begun_at: Instant;
    ended_at: Instant | null;
  };
}
