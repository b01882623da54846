import type { Training } from '#domain/model/training.ts';
import type { QuizResult } from '#domain/training/text.ts';
import { escapeHtml, shownText as text } from '#features/policy/html.ts';
import { type MessageKey, say, sayDay } from '#features/policy/messages/format.ts';
import type { QuizTaken } from '#features/staff/training.ts';
import { languages, type PageLook, staffDocument } from './policy-page.ts';

/** The training with its quiz, as one member of staff sees it. */
export interface TrainingShown {
  readonly secret: string;
  readonly clientName: string;
  readonly address: string;
  readonly training: Training;
  /** Day on which they last passed; null: never. */
  readonly passedOn: string | null;
  /** Result of the quiz that was just submitted; null: none was. */
  readonly taken: QuizTaken | null;
  /** Id of the chosen answer by question. */
  readonly given: Readonly<Record<string, string>>;
}

/** The training text and the quiz; after passing, what was recorded. */
export function trainingPage(shown: TrainingShown, look: PageLook): string {
  const { secret, clientName, address, training, passedOn, taken } = shown;
  const { title, intro, slides, quiz } = training;
  const { language } = look;
  const words = (...of: MessageArguments) => text(say(language, ...of));
  const back = `<nav class="to"><a href="/staff/mine/${escapeHtml(secret)}?lang=${language}">${words('training_back')}</a></nav>`;
  const head = `<p class="line">${text(clientName)} · ${text(address)}</p>\n<h1>${text(title)}</h1>`;
  const wording = taken === null ? '' : resultMessage(taken, quiz.attemptsPerDay, words);
  const explained = (wrong: QuizResult['wrong']) => explanations(wrong, words);
  if (taken?.kind === 'passed')
    return staffDocument(title, `${head}\n${wording}\n${explained(taken.wrong)}\n${back}`, look);
  return staffDocument(
    title,
    `${languages(look)}
${head}
${wording}
${taken?.kind === 'failed' ? explained(taken.wrong) : ''}
${passedOn === null ? '' : `<p class="said">${words('training_passed_on', { day: sayDay(language, passedOn) })}</p>`}
<p>${text(intro)} <a href="#s-quiz">${words('training_to_quiz')}</a></p>
${slides
  .map(
    ({ id, title: heading, points }, at) =>
      `<section aria-labelledby="s-${id}"><h2 id="s-${id}">${at + 1}. ${text(heading)}</h2><ul>${points
        .map((point) => `<li>${text(point)}</li>`)
        .join('')}</ul></section>`,
  )
  .join('\n')}
<section aria-labelledby="s-quiz"><h2 id="s-quiz">${words('training_quiz')}</h2>
<p>${rules(training, words)} ${words('training_recorded')}</p>
<form method="post" action="/staff/mine/${escapeHtml(secret)}/training?lang=${language}">
${quiz.questions.map((question, at) => fieldset(question, at, shown.given[question.id])).join('\n')}
<button type="submit">${words('training_hand_in')}</button>
</form></section>
${back}`,
    look,
  );
}

type MessageArguments = [key: MessageKey, values?: Readonly<Record<string, string | number>>];
type Words = (...of: MessageArguments) => string;

function rules({ quiz: { questions, passShare, attemptsPerDay } }: Training, words: Words): string {
  const all = questions.length;
  const needed = Math.ceil(passShare * all - 1e-9);
  return needed === all
    ? words('training_rules_all', { all, attempts: attemptsPerDay })
    : words('training_rules', { needed, all, attempts: attemptsPerDay });
}

function fieldset(
  { id, asks, answers }: Training['quiz']['questions'][number],
  at: number,
  given: string | undefined,
): string {
  return `<fieldset><legend>${at + 1}. ${text(asks)}</legend>${answers
    .map(
      (one) =>
        `<label><input type="radio" name="q_${id}" value="${escapeHtml(one.id)}" required${
          given === one.id ? ' checked' : ''
        }> ${text(one.says)}</label>`,
    )
    .join('')}</fieldset>`;
}

function explanations(wrong: QuizResult['wrong'], words: Words): string {
  if (wrong.length === 0) return '';
  return `<section aria-labelledby="s-wrong"><h2 id="s-wrong">${words('training_wrong')}</h2><dl>${wrong
    .map(({ asks, explains }) => `<dt>${text(asks)}</dt><dd>${text(explains)}</dd>`)
    .join('')}</dl></section>`;
}

function resultMessage(taken: QuizTaken, attempts: number, words: Words): string {
  switch (taken.kind) {
    case 'passed':
      return `<p class="said" role="status">${words('training_passed', { right: taken.right, of: taken.of })}</p>`;
    case 'failed':
      return `<p class="said" role="alert">${words('training_failed', { right: taken.right, of: taken.of })}</p>`;
    case 'incomplete':
      return `<p class="said" role="alert">${words('training_incomplete')}</p>`;
    case 'later':
      return `<p class="said" role="alert">${words('training_later', { attempts })}</p>`;
  }
}
// Guide: G7.3-05
