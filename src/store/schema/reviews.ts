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
    /** The items as the catalogue had them when it was opened. */
    items: Json<readonly ReviewItem[]>;
    /** First day of the time that it is about. */
    from_on: string;
    opened_by: string;
    opened_by_name: string;
    opened_at: Instant;
    /** All null until it is signed. */
    signed_by: string | null;
    signed_by_name: string | null;
    /** In which role, as the charter or the recurring task names them. */
    signed_as: string | null;
    signed_at: MaybeInstant;
    /** Day in the client's zone. */
    signed_on: string | null;
    /** What was read when it was signed. */
    snapshot: MaybeJson<readonly ItemRead[]>;
    minutes: MaybeJson<readonly MinutesFile[]>;
    /** The record of the recurring task that it made. */
    record_id: string | null;
    next_on: string | null;
    /** All null unless it was ended without a signature. */
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_why: string | null;
    /** Changes with every answer, so that nobody signs what they have not seen. */
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
    /** Of these: what the note explains, where the item is flagged. */
    explained: Json<readonly string[]>;
    /** What is decided of single lines. */
    decisions: ColumnType<readonly LineDecision[], string | undefined, string>;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    /** Of a flag: when it was closed, by whom and how. */
    closed_on: string | null;
    closed_by: string | null;
    closed_by_name: string | null;
    closed_note: string | null;
    version: Generated<number>;
  };
}
