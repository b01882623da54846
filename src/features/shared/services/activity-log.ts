import type { CompiledQuery, QueryResult } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../../context.ts';

/** Activities that are added to one client's log, in order. */
export interface Batch {
  readonly services: Services;
  readonly clientId: string;
  readonly now: Date;
  readonly activities: readonly Activity[];
  /** Texts that the charter lets be kept, also of activities that are not new. Nearly always none. */
  readonly texts: readonly ActivityText[];
  /** The transaction that adds them: to write statements for, which are sent when it has come to that. */
  readonly tx: Tx;
}

/** Where a stage finishes: the transaction in which the batch was added, all of it new to the log. */
export interface Appended extends Batch {
  /** Number of each activity. */
  readonly numbers: readonly number[];
  /** Stages were made ready for this very batch: what they have is new enough. */
  readonly prepared: boolean;
  /** Answers to what the stage asked for whatever is added. */
  readonly answers: readonly QueryResult<unknown>[];
  /** Answers to the statements with which it began. */
  readonly begun: readonly QueryResult<unknown>[];
  /** Has something written before the transaction ends whose answer nobody waits for: it goes out with others. */
  readonly later: (statement: CompiledQuery) => void;
}

/** Thrown by a stage that is to be made ready first: then nothing was added, and it is tried once more after that. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** What a stage makes of a batch by itself. */
export interface Begun {
  /**
   * What it asks and writes whatever the database holds: done as soon as the activities are in, in one round trip with
   * those of all stages.
   */
  readonly statements: readonly CompiledQuery[];
  /** What is to be done after that. Throws {@link NotReady} where the statements were not the right ones. */
  finish(appended: Appended): Promise<void>;
}

/**
 * Something that is kept in step with the log: it is done in the transaction that adds, so that no reader ever sees the
 * one without the other. It has no effect outside the transaction, which may run again.
 */
export interface Stage {
  readonly name: string;
  /** Makes ready what it needs and is not the transaction's to read. Called when it said {@link NotReady}. */
  prepare?(services: Services, clientId: string): Promise<void>;
  /** What it reads whatever is added: asked for in the round trip that adds. */
  asks?(tx: Tx, clientId: string): readonly CompiledQuery[];
  /**
   * Does what follows from the activities alone, while the database adds them. What is begun may be thrown away, and
   * begun again with fewer.
   */
  begin(batch: Batch): Begun;
  /** Told once the transaction is durable. */
  committed?(services: Services, clientId: string): void;
}

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
   * Does what makes activities ready to be added: one after the other, each in a turn of the event loop of its own, and
   * none while a transaction that has its answers is about to go on. To do it all at once would keep the database
   * waiting for this thread, and hold all that came in unpacked in memory.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Activities that were accepted by {@link append} and are not written yet: who takes them in says "later" above a bound. */
  readonly waiting: number;
  /** Calls back after something was added to a client's log, until the returned function is called. */
  onAppended(listener: (clientId: string) => void): () => void;
}
