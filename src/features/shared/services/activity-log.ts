import type { CompiledQuery } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../../context.ts';

/** Activities on their way into one client's log, in order, each once, and none of them there already. */
export interface Batch {
  readonly services: Services;
  readonly clientId: string;
  readonly now: Date;
  readonly activities: readonly Activity[];
  /** Texts that the charter lets be kept, also of activities that the log had already. Nearly always none. */
  readonly texts: readonly ActivityText[];
}

/** A batch in the transaction that has added it to the log. */
export interface AddedBatch extends Batch {
  readonly tx: Tx;
  /** Number of the first activity in the client's log; those of the others follow it. */
  readonly firstNumber: number;
  /** Has something written whose answer nobody waits for: it goes out together with the commit, in this order. */
  readonly atEnd: (statement: CompiledQuery) => void;
  /** Has something done once all of it is on the disk. */
  readonly onCommit: (work: () => void) => void;
}

/**
 * Something that is kept in step with the log: it is written in the transaction that adds, so that no reader ever sees
 * the one without the other.
 */
export interface Stage {
  readonly name: string;
  /**
   * Works out before the transaction what follows from the activities alone, and reads what is not the transaction's to
   * read. Gives what is to be done in the transaction, which may run again and so has no effect outside of it but
   * through `onCommit`.
   */
  prepare(batch: Batch): WriteStage | Promise<WriteStage>;
}
export type WriteStage = (added: AddedBatch) => Promise<void> | void;

/** What became of one batch. */
export interface AppendResult {
  readonly added: number;
  /** Activities that the log had already. */
  readonly known: number;
}

/** The one way into the activity log. */
export interface ActivityLog {
  /**
   * Adds a batch to a client's log. Once it has answered, the batch is on the disk, counted and looked at by every
   * detection; where it throws, none of it is. Batches that wait for the same client are written together. `texts`: what
   * of their text the charter lets be kept, which is kept apart from the log.
   */
  append(
    clientId: string,
    activities: readonly Activity[],
    texts?: readonly ActivityText[],
  ): Promise<AppendResult>;
  /**
   * Does what makes activities ready to be added: one after the other, each in a turn of the event loop of its own. To
   * do it all at once would keep the database waiting for this thread, and hold all that came in unpacked in memory.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Activities that were accepted by {@link append} and are not written yet: who takes them in says "later" above a bound. */
  readonly waiting: number;
  /** Calls back after something was added to a client's log, until the returned function is called. */
  onAppended(listener: (clientId: string) => void): () => void;
}
