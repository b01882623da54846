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

/** SHA-256 of the training and quiz in the catalogue, which serves as their version. */
export function trainingHash({ training }: Pick<Catalogue, 'training'>): string {
  return createHash('sha256').update(trainingText(training), 'utf8').digest('hex');
}

/** The training as a client's staff see it today, with the pass mark of the client's charter. */
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

/** The date on which someone last passed the quiz, in the client's time zone; null: never. */
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
  /** Not every question was answered, so it does not count as an attempt. */
  | { readonly kind: 'incomplete' }
  /** The limit of attempts per day has been reached. */
  | { readonly kind: 'later' };

/**
 * Grades a submitted quiz. A passed one is stored with its audit record in one transaction and is evidence for this
 * person only; of a failed one, only the attempt is stored. The answers are never stored.
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
    // Serialized per client, so that the limit of attempts holds.
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
    // Makes verdicts that depend on trainings stale, so that they are re-evaluated before anyone reads them.
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
