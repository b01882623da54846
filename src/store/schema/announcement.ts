import type { Instant, MaybeInstant } from './columns.ts';

/** Who was told of the organization's accounts by mail. */
export interface AnnouncementTables {
  announcement_mails: {
    client_id: string;
    address: string;
    name: string | null;
    /** SHA-256 of the text as it was sent, which is kept as evidence. */
    evidence: string;
    /** sending: begun, and not known yet what became of it; sent; failed */
    state: string;
    why: string | null;
    begun_by: string;
    begun_by_name: string;
    begun_at: Instant;
    ended_at: MaybeInstant;
  };
}
