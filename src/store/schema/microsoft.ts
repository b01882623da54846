import type { Generated } from 'kysely';
import type {
  Classification,
  ClosingProblem,
  ClosingState,
  Determination,
} from '#domain/microsoft/alert-closing.ts';
import type { Instant, MaybeInstant } from './columns.ts';

/** Decisions made here about a client's Microsoft 365 tenant. */
export interface MicrosoftTables {
  /** Defender alerts that someone closed here, and whether the classification has reached Defender. */
  alert_closings: {
    client_id: string;
    /** Id of the alert in Defender. */
    alert_id: string;
    title: string;
    classification: Classification;
    determination: Determination;
    note: string;
    closed_by: string;
    closed_by_name: string;
    closed_at: Instant;
    state: ClosingState;
    /** Why it is not in Defender; null: it is, or nothing has failed so far. */
    problem: ClosingProblem | null;
    /** When to send or verify it next; null: done. */
    next_at: MaybeInstant;
    /** When it was last sent; null: never. */
    sent_at: MaybeInstant;
    /** When a read of Defender last confirmed it; null: never. */
    proved_at: MaybeInstant;
    version: Generated<number>;
  };
}
