import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** What the last reminder came to. */
interface Last {
  /** Day of the newest reminder that was begun or let go; an earlier one is never sent. */
  claimed_on: string | null;
  /** sending, sent, failed, unknown, throttled, nothing; null: there was none yet. */
  state: string | null;
  state_at: MaybeInstant;
  sent_at: MaybeInstant;
  /** How much was due in the last one that was sent. */
  sent_count: number | null;
  failed_at: MaybeInstant;
  /** One sentence for a person. */
  failed_why: string | null;
}

/** Reminders of due work. */
export interface ReminderTables {
  /** How a person is reminded by mail; without a row they are not. */
  reminder_digests: Last & {
    user_id: string;
    /** never, daily, weekly */
    rhythm: string;
    weekday: number;
    /** true: only what lies with them; false: all that they may see. Counts for their calendar, too. */
    own_only: boolean;
    changed_at: Instant;
  };
  /** The one secret address at which a person's calendar is read. */
  calendar_feeds: {
    user_id: string;
    token_hash: string;
    made_at: Instant;
    last_read_at: MaybeInstant;
  };
  /** People who hear of a client's critical alerts by mail at once. */
  alert_notices: { client_id: string; user_id: string; asked_at: Instant };
  /** Groups of alerts of which a person or a channel was told. */
  alert_notices_told: {
    client_id: string;
    /** Id of a person; `teams`: the client's channel. */
    target: string;
    group_id: string;
    told_at: Instant;
    /** sending, sent, failed */
    state: string;
    tries: Generated<number>;
    /** Why it failed, a sentence for a person. */
    why: string | null;
  };
  /** Reminders that one person sent another of a piece of work, just now and not by a schedule. */
  work_reminders: {
    client_id: string;
    id: string;
    /** Key of the piece of work. */
    item: string;
    /** Controls that it is about; none: it is about something else. */
    controls: Json<string[]>;
    /** What the work was called, and the page of the client where it is done, without the client's address. */
    title: string;
    path: string;
    /** Who was reminded. */
    user_id: string;
    user_name: string;
    sent_by: string;
    sent_by_name: string;
    sent_at: Instant;
    /** What became of the mail: sending, sent, failed; or why there is none: not_set_up, declined, sandbox. */
    mail: string;
  };
  /** People who are still to be told by mail of work that was assigned to them, or of which they are reminded. */
  assigned_notices: {
    client_id: string;
    id: string;
    user_id: string;
    /** How much was assigned at once. */
    pieces: number;
    assigned_at: Instant;
    /** How often it was begun to be sent. */
    tries: Generated<number>;
    /** Not to be sent before. */
    next_at: Instant;
    /** Id of the reminder that the mail is of; null: of work that was assigned. */
    reminder: ColumnType<string | null, string | null | undefined, never>;
  };
  /** The workflow that posts cards into a channel of a client, or of the workspace. */
  teams_channels: Last & {
    /** The client's id, or `workspace`. */
    id: string;
    /** null: of all clients. */
    client_id: string | null;
    /** null: it was lost with its key and has to be entered again. */
    address_sealed: string | null;
    /** Where the address leads, which is no secret. */
    host: string;
    rhythm: string;
    weekday: number;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: Generated<number>;
    /** How often the far side said "later" to the card of `claimed_on`. */
    attempts: Generated<number>;
    retry_at: MaybeInstant;
    /** Since when it hears of critical alerts at once; null: it does not. */
    alerts_since: MaybeInstant;
  };
}
