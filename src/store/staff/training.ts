import { randomUUID } from 'node:crypto';
import type { Tx } from '../open.ts';

/** A passed training quiz. */
export interface TrainingPass {
  readonly id: string;
  readonly address: string;
  readonly at: Date;
  /** Number of correct answers; `of` is the number of questions. */
  readonly right: number;
  readonly of: number;
  /** Hash of the training as read, from the catalogue. */
  readonly sha256: string;
}

/** All quizzes passed by a client's staff, oldest first. */
export async function trainingPasses(tx: Tx, clientId: string): Promise<TrainingPass[]> {
  const rows = await tx
    .selectFrom('training_attempts')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('passed', '=', true)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, address, at, right_answers: right, questions, sha256 }) => ({
    id,
    address,
    at,
    right: right ?? 0,
    of: questions ?? 0,
    sha256: sha256 ?? '',
  }));
}

/** Number of times a person submitted the quiz after `since`. Deletes older failed attempts. */
export async function attemptsSince(tx: Tx, clientId: string, address: string, since: Date): Promise<number> {
  await tx
    .deleteFrom('training_attempts')
    .where('client_id', '=', clientId)
    .where('passed', '=', false)
    .where('at', '<=', since)
    .execute();
  const { lately } = await tx
    .selectFrom('training_attempts')
    .select((eb) => eb.fn.countAll<number>().as('lately'))
    .where('client_id', '=', clientId)
    .where('address', '=', address)
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(lately);
}

/** Adds a submitted quiz, with its result in `pass` if passed. Returns its id. */
export async function addAttempt(
  tx: Tx,
  clientId: string,
  {
    address,
    at,
    pass,
  }: {
    readonly address: string;
    readonly at: Date;
    readonly pass: Pick<TrainingPass, 'right' | 'of' | 'sha256'> | null;
  },
): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('training_attempts')
    .values({
      client_id: clientId,
      id,
      address,
      at,
      passed: pass !== null,
      right_answers: pass?.right ?? null,
      questions: pass?.of ?? null,
      sha256: pass?.sha256 ?? null,
    })
    .execute();
  return id;
}
// Guide: G7.3-05
