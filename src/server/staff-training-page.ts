import type { Training } from '#domain/model/training.ts';
import { visible } from '#domain/text/given.ts';
import { dayWords } from '#domain/text/words.ts';
import type { QuizResult } from '#domain/training/text.ts';
import { escapeHtml } from '#features/policy/html.ts';
import type { QuizTaken } from '#features/staff/training.ts';
import { type PageNonce, staffDocument } from './policy-page.ts';

/** The training with its quiz, as one person of the staff sees it. */
export interface TrainingShown {
  readonly secret: string;
  readonly clientName: string;
  readonly address: string;
  readonly training: Training;
  /** Day on which they last passed; null: they have not. */
  readonly passedOn: string | null;
  /** What became of the quiz that was just handed in; null: none was. */
  readonly taken: QuizTaken | null;
  /** The answer's id by question, as typed. */
  readonly given: Readonly<Record<string, string>>;
}

/** The training to read, and the quiz; once it is passed, what was recorded. */
export function trainingPage(shown: TrainingShown, nonce: PageNonce): string {
  const { secret, clientName, address, training, passedOn, taken } = shown;
  const { title, intro, slides, quiz } = training;
  const back = `<nav class="to" aria-label="Back"><a href="/staff/mine/${escapeHtml(secret)}">Back to your page</a></nav>`;
  const head = `<p class="line">${text(clientName)} · ${text(address)}</p>\n<h1>${text(title)}</h1>`;
  const said = taken === null ? '' : saidOf(taken, quiz.attemptsPerDay);
  if (taken?.kind === 'passed')
    return staffDocument(title, `${head}\n${said}\n${explained(taken.wrong)}\n${back}`, nonce);
  return staffDocument(
    title,
    `${head}
${said}
${taken?.kind === 'failed' ? explained(taken.wrong) : ''}
${passedOn === null ? '' : `<p class="said">You passed the quiz on ${text(dayWords(passedOn))}. You can take it again.</p>`}
<p>${text(intro)}</p>
${slides
  .map(
    ({ id, title: heading, points }, at) =>
      `<section aria-labelledby="s-${id}"><h2 id="s-${id}">${at + 1}. ${text(heading)}</h2><ul>${points
        .map((point) => `<li>${text(point)}</li>`)
        .join('')}</ul></section>`,
  )
  .join('\n')}
<section aria-labelledby="s-quiz"><h2 id="s-quiz">Quiz</h2>
<p>${rules(training)} If you pass, your address, the day, your score and the version of the training are recorded. Your answers are not.</p>
<form method="post" action="/staff/mine/${escapeHtml(secret)}/training">
${quiz.questions.map((question, at) => fieldset(question, at, shown.given[question.id])).join('\n')}
<button type="submit">Hand in the quiz</button>
</form></section>
${back}`,
    nonce,
  );
}

function rules({ quiz: { questions, passShare, attemptsPerDay } }: Training): string {
  const needed = Math.ceil(passShare * questions.length - 1e-9);
  const all = needed === questions.length ? `all ${questions.length}` : `${needed} of ${questions.length}`;
  return `To pass, answer ${all} questions correctly. You can try ${attemptsPerDay} times a day.`;
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

function explained(wrong: QuizResult['wrong']): string {
  if (wrong.length === 0) return '';
  return `<section aria-labelledby="s-wrong"><h2 id="s-wrong">What to look at again</h2><dl>${wrong
    .map(({ asks, explains }) => `<dt>${text(asks)}</dt><dd>${text(explains)}</dd>`)
    .join('')}</dl></section>`;
}

function saidOf(taken: QuizTaken, perDay: number): string {
  switch (taken.kind) {
    case 'passed':
      return `<p class="said" role="status">You passed: ${taken.right} of ${taken.of} correct. It is recorded for you.</p>`;
    case 'failed':
      return `<p class="said" role="alert">Not passed yet: ${taken.right} of ${taken.of} correct. Read what follows and try again.</p>`;
    case 'incomplete':
      return '<p class="said" role="alert">Answer every question, then hand it in again.</p>';
    case 'later':
      return `<p class="said" role="alert">You have handed it in ${perDay} times within a day. Try again tomorrow.</p>`;
  }
}

function text(value: string): string {
  return escapeHtml(visible(value));
}
// Guide: G7.3-05
