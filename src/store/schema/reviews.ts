import type { ColumnType, Generated } from 'kysely';
import type { ReviewDeck, ReviewItem } from '#domain/model/review.ts';
import type { AnswerKind, ItemRead, LineDecision } from '#domain/reviews/types.ts';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** One file of a signed review. */
export interface MinutesFile {
  readonly format: 'html' | 'pdf' | 'docx';
  readonly sha256: string;
}

/** Governance reviews of a client, item by item. */
export interface ReviewTables {
  reviews: {
    client_id: string;
    id: string;
    kind: ReviewDeck;
    /** Copy of the catalogue's items when the review was opened. */
    items: Json<readonly ReviewItem[]>;
    /** First day of the period under review. */
    from_on: string;
    opened_by: string;
    opened_by_name: string;
    opened_at: Instant;
    /** All null until signed. */
    signed_by: string | null;
    signed_by_name: string | null;
    /** Role of the signer, as named by the charter or the recurring task. */
    signed_as: string | null;
    signed_at: MaybeInstant;
    /** Day in the client's zone. */
    signed_on: string | null;
    /** What the items showed when it was signed. */
    snapshot: MaybeJson<readonly ItemRead[]>;
    minutes: MaybeJson<readonly MinutesFile[]>;
    /** Record of the recurring task that signing created. */
    record_id: string | null;
    next_on: string | null;
    /** All null unless ended without a signature. */
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_why: string | null;
    /** Incremented with every answer, so that nobody signs something they have not seen. */
    version: Generated<number>;
  };
  review_answers: {
    client_id: string;
    review_id: string;
    item: string;
    answer: AnswerKind;
    note: string | null;
    owner_user: string | null;
    owner_name: string | null;
    owner_mail: string | null;
    day: string | null;
    /** What met the rule when it was answered. */
    seen: Json<readonly string[]>;
    /** Of these: the ones explained by the note, if the item is flagged. */
    explained: Json<readonly string[]>;
    /** Decisions about single lines. */
    decisions: ColumnType<readonly LineDecision[], string | undefined, string>;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    /** For a flag: when, by whom and how it was closed. */
    closed_on: string | null;
    closed_by: string | null;
    closed_by_name: string | null;
    closed_note: string | null;
    version: Generated<number>;
  };
}
