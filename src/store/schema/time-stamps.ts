import type { Generated } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

/** Files of a client that a time-stamping authority is asked to certify. */
export interface TimeStampTables {
  time_stamps: {
    client_id: string;
    /** Of the file. */
    sha256: string;
    asked_at: Instant;
    tries: Generated<number>;
    /** Time of the next request to the authority; null: stamped. */
    next_try: MaybeInstant;
    /** Why the last try failed, as a code of `StampProblem`; null: not tried yet, or stamped. */
    problem: string | null;
    /**
     * SHA-256 of the authority's response, which is kept as evidence. This and the next fields are null until stamped.
     */
    token_sha256: string | null;
    /** Time stated by the authority. */
    proved_at: MaybeInstant;
    /** Name in the authority's certificate. */
    authority: string | null;
    /** SHA-256 of that certificate. */
    certificate: string | null;
  };
}
