import type { Generated } from 'kysely';
import type {
  Classification,
  ClosingProblem,
  ClosingState,
  Determination,
} from '#domain/microsoft/alert-closing.ts';
import type { Instant, MaybeInstant } from './columns.ts';

/** What was decided here about a client's Microsoft 365 tenant. */
export interface MicrosoftTables {
  /** Alerts of Defender that someone closed here, with where the classification is. */
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
    /** Why it is not in Defender; null: it is, or nothing has gone wrong so far. */
    problem: ClosingProblem | null;
    /** When it is sent or looked for next; null: nothing is left to do. */
    next_at: MaybeInstant;
    /** When it was last sent; null: it was not. */
    sent_at: MaybeInstant;
    /** When Defender was last read and had it; null: it was not. */
    proved_at: MaybeInstant;
    version: Generated<number>;
  };
}
