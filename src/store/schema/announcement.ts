import type { Instant, MaybeInstant } from './columns.ts';

/** Mails that announced the organization's accounts to people. */
export interface AnnouncementTables {
  announcement_mails: {
    client_id: string;
    address: string;
    name: string | null;
    /** SHA-256 of the text as sent, which is kept as evidence. */
    evidence: string;
    /** sending (begun, outcome not yet known), sent, failed */
    state: string;
    why: string | null;
    begun_by: string;
    begun_by_name: string;
    begun_at: Instant;
    ended_at: MaybeInstant;
  };
}
