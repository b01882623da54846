import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** State of the last reminder. */
interface Last {
  /** Day of the newest reminder that was begun or skipped; earlier ones are never sent. */
  claimed_on: string | null;
  /** sending, sent, failed, unknown, throttled, nothing; null: no reminder yet. */
  state: string | null;
  state_at: MaybeInstant;
  sent_at: MaybeInstant;
  /** Number of due items in the last reminder sent. */
  sent_count: number | null;
  failed_at: MaybeInstant;
  /** One sentence, for display. */
  failed_why: string | null;
}

/** Reminders of due work. */
export interface ReminderTables {
  /** A person's email digest; without a row, none is sent. */
  reminder_digests: Last & {
    user_id: string;
    /** never, daily, weekly */
    rhythm: string;
    weekday: number;
    /** true: only their own work; false: all work that they may see. Also applies to their calendar. */
    own_only: boolean;
    changed_at: Instant;
  };
  /** The one secret URL of a person's calendar feed. */
  calendar_feeds: {
    user_id: string;
    token_hash: string;
    made_at: Instant;
    last_read_at: MaybeInstant;
  };
  /** People who receive mail about a client's critical alerts at once. */
  alert_notices: { client_id: string; user_id: string; asked_at: Instant };
  /** Groups of alerts about which a person or channel was notified. */
  alert_notices_told: {
    client_id: string;
    /** Id of a person, or `teams` for the client's channel. */
    target: string;
    group_id: string;
    told_at: Instant;
    /** sending, sent, failed */
    state: string;
    tries: Generated<number>;
    /** Why it failed: one sentence, for display. */
    why: string | null;
  };
  /** Reminders about a piece of work that one person sent to another, not by a schedule. */
  work_reminders: {
    client_id: string;
    id: string;
    /** Key of the piece of work. */
    item: string;
    /** Controls concerned; empty: it is about something else. */
    controls: Json<string[]>;
    /** Title of the work, and the page where it is done, as a path relative to the client's. */
    title: string;
    path: string;
    /** Recipient. */
    user_id: string;
    user_name: string;
    sent_by: string;
    sent_by_name: string;
    sent_at: Instant;
    /** Outcome of the mail: sending, sent, failed; or why there is none: not_set_up, declined, sandbox. */
    mail: string;
  };
  /** Mails still to be sent about work that was assigned to a person or of which they were reminded. */
  assigned_notices: {
    client_id: string;
    id: string;
    user_id: string;
    /** Number of items assigned at once. */
    pieces: number;
    assigned_at: Instant;
    /** Number of send attempts. */
    tries: Generated<number>;
    /** Earliest time of the next attempt. */
    next_at: Instant;
    /** Id of the reminder to be mailed; null: the mail is about assigned work. */
    reminder: ColumnType<string | null, string | null | undefined, never>;
  };
  /** The workflow that posts cards to a channel of a client or of the workspace. */
  teams_channels: Last & {
    /** The client's id, or `workspace`. */
    id: string;
    /** null: all clients. */
    client_id: string | null;
    /** null: lost with its key, and has to be entered again. */
    address_sealed: string | null;
    /** Host of the address, which is not secret. */
    host: string;
    rhythm: string;
    weekday: number;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: Generated<number>;
    /** Number of times that the workflow asked to retry the card of `claimed_on` later. */
    attempts: Generated<number>;
    retry_at: MaybeInstant;
    /** Since when it is notified of critical alerts at once; null: it is not. */
    alerts_since: MaybeInstant;
  };
}
