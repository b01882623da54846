import type { Generated } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

/** Files of a client whose day an authority of time stamps is asked to prove. */
export interface TimeStampTables {
  time_stamps: {
    client_id: string;
    /** Of the file. */
    sha256: string;
    asked_at: Instant;
    tries: Generated<number>;
    /** When the authority is asked again; null: it is stamped. */
    next_try: MaybeInstant;
    /** Why the last try came to nothing, as a code of `StampProblem`; null: nothing was tried yet, or it is stamped. */
    problem: string | null;
    /** SHA-256 of the authority's answer, which is kept as evidence; this and what follows is null until it is stamped. */
    token_sha256: string | null;
    /** The moment that the authority states. */
    proved_at: MaybeInstant;
    /** Name in the authority's certificate. */
    authority: string | null;
    /** SHA-256 of that certificate. */
    certificate: string | null;
  };
}
