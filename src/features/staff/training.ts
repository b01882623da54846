import { createHash } from 'node:crypto';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Training } from '#domain/model/training.ts';
import type { Language } from '#domain/policy/languages.ts';
import { type QuizResult, quizResult, trainingFor, trainingIn, trainingText } from '#domain/training/text.ts';
import { appendAudit } from '#store/audit.ts';
import { addAttempt, attemptsSince, trainingPasses } from '#store/staff/training.ts';
import type { Services } from '../context.ts';
import { type StaffProof, say, sayList, staffActor } from '../policy/index.ts';
import { present } from '../shared/moment.ts';
import { type Allowed, allowedAt } from './allowed.ts';

const DAY_MS = 24 * 3_600_000;

/** SHA-256 of the training and its quiz as the catalogue has them, which names its version. */
export function trainingHash({ training }: Pick<Catalogue, 'training'>): string {
  return createHash('sha256').update(trainingText(training), 'utf8').digest('hex');
}

/** The training as staff of a client read it today, with the pass mark that its charter sets. */
export async function trainingOf(
  services: Services,
  clientId: string,
  language: Language = 'en',
): Promise<Training> {
  const allowed = await allowedAt(services, clientId);
  const training = trainingFor(
    trainingIn(services.catalogue.training, language),
    wordsFor(allowed, language),
  );
  const passShare = allowed.quizShare ?? training.quiz.passShare;
  return { ...training, quiz: { ...training.quiz, passShare } };
}

function wordsFor({ clientName, domains, contact, charter, connectors }: Allowed, language: Language) {
  const approved = connectors.flatMap(({ name, ended }) => (ended ? [] : [name]));
  return {
    client: clientName,
    domains:
      domains.length === 0
        ? say(language, 'training_no_domain')
        : sayList(
            language,
            domains.map((one) => `@${one}`),
          ),
    contact:
      contact === null
        ? say(language, 'training_no_contact')
        : [...new Set([contact.name, contact.address ?? contact.name])].join(', '),
    connectors:
      charter === null
        ? say(language, 'training_undecided')
        : approved.length === 0
          ? say(language, 'training_none')
          : sayList(language, approved),
  };
}

/** The day on which somebody last passed the quiz, in the client's zone; null: they have not. */
export async function passedOn(
  { store }: Services,
  clientId: string,
  { address, zone }: { readonly address: string; readonly zone: string },
): Promise<string | null> {
  const own = (await store.read([clientId], (tx) => trainingPasses(tx, clientId))).findLast(
    (one) => one.address === address,
  );
  return own === undefined ? null : present(own.at, zone).today;
}

export type QuizTaken =
  | ({ readonly kind: 'passed' | 'failed' } & QuizResult)
  /** A question was not answered; that is no attempt. */
  | { readonly kind: 'incomplete' }
  /** Handed in as often as a day allows. */
  | { readonly kind: 'later' };

/**
 * Takes a quiz that somebody handed in. One that was passed is kept with its record in one transaction, and is evidence
 * of this person alone; of another one there is only that it was handed in. What was answered is not kept.
 */
export async function takeQuiz(
  services: Services,
  {
    clientId,
    address,
    method,
  }: { readonly clientId: string; readonly address: string; readonly method: StaffProof },
  given: Readonly<Record<string, string>>,
  language: Language,
): Promise<QuizTaken> {
  const training = await trainingOf(services, clientId, language);
  const result = quizResult(training, given);
  if (result === null) return { kind: 'incomplete' };
  const now = services.clock();
  const { right, of, passed } = result;
  const sha256 = trainingHash(services.catalogue);
  const taken = await services.store.write([clientId], async (tx): Promise<QuizTaken> => {
    // One after the other, so that a limit is one.
    await tx.selectFrom('clients').select('id').where('id', '=', clientId).forUpdate().execute();
    const lately = await attemptsSince(tx, clientId, address, new Date(now.getTime() - DAY_MS));
    if (lately >= training.quiz.attemptsPerDay) return { kind: 'later' };
    const pass = passed ? { right, of, sha256 } : null;
    const id = await addAttempt(tx, clientId, { address, at: now, pass });
    if (!passed) return { kind: 'failed', ...result };
    await appendAudit(tx, {
      chain: clientId,
      actor: staffActor({ address, method }),
      action: 'staff.training.pass',
      subject: { kind: 'training', id, name: training.title },
      before: null,
      after: { address, right, of, sha256, language },
      at: now,
    });
    // Verdicts that rest on trainings are decided again before anyone reads them.
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute();
    return { kind: 'passed', ...result };
  });
  if (taken.kind === 'passed') services.events.publish({ client: clientId, topic: 'staff', id: null });
  return taken;
}
// Guide: G7.3-05
