import type { CompiledQuery } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../../context.ts';

/** Activities about to be added to one client's log, in order, without duplicates and without those already in it. */
export interface Batch {
  readonly services: Services;
  readonly clientId: string;
  readonly now: Date;
  readonly activities: readonly Activity[];
  /** Texts that the charter allows to be stored, including those of activities already in the log. Usually none. */
  readonly texts: readonly ActivityText[];
}

/** A batch in the transaction that added it to the log. */
export interface AddedBatch extends Batch {
  readonly tx: Tx;
  /** Sequence number of the first activity in the client's log; the others follow it. */
  readonly firstNumber: number;
  /** Queues a statement whose result nobody needs: it is sent together with the commit, in order. */
  readonly atEnd: (statement: CompiledQuery) => void;
  /** Runs after the commit. */
  readonly onCommit: (work: () => void) => void;
}

/**
 * Something kept in step with the log: it is written in the transaction that adds a batch, so that no reader ever sees
 * one without the other.
 */
export interface Stage {
  readonly name: string;
  /**
   * Before the transaction: computes what follows from the activities alone, and reads what does not depend on the
   * transaction. Returns the function to run in the transaction, which may run again and must have no effect outside
   * of it except through `onCommit`.
   */
  prepare(batch: Batch): WriteStage | Promise<WriteStage>;
}
export type WriteStage = (added: AddedBatch) => Promise<void> | void;

/** Result of one batch. */
export interface AppendResult {
  readonly added: number;
  /** Activities that the log already had. */
  readonly known: number;
}

/** The only way to write to the activity log. */
export interface ActivityLog {
  /**
   * Adds a batch to a client's log. On return, the batch is on disk, counted and checked by every detection; if it
   * throws, nothing was stored. Batches waiting for the same client are written together. `texts`: the texts that the
   * charter allows to be stored, which are kept outside the log.
   */
  append(
    clientId: string,
    activities: readonly Activity[],
    texts?: readonly ActivityText[],
  ): Promise<AppendResult>;
  /**
   * Runs work that prepares activities, one after the other, each in its own turn of the event loop. Running all of it
   * at once would block this thread and keep everything unpacked in memory.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Number of activities accepted by {@link append} and not written yet; above a limit, receivers answer "retry
   * later".
   */
  readonly waiting: number;
  /** Subscribes to additions to a client's log; returns a function to unsubscribe. */
  onAppended(listener: (clientId: string) => void): () => void;
}
