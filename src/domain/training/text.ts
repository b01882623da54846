import type { Training, TrainingField, TrainingQuestion } from '../model/training.ts';
import type { PolicyContent } from '../policy/content.ts';
import { isTranslation, type Language } from '../policy/languages.ts';

/** The training in a language; each translated text replaces the one with the same id. */
export function trainingIn(training: Training, language: Language): Training {
  if (!isTranslation(language)) return training;
  const { title, intro, slides, questions } = training.translations[language];
  return {
    ...training,
    title,
    intro,
    slides: training.slides.map((one) => ({ ...one, ...slides[one.id] })),
    quiz: {
      ...training.quiz,
      questions: training.quiz.questions.map((one) => {
        const { asks = one.asks, explains = one.explains, answers = {} } = questions[one.id] ?? {};
        return {
          ...one,
          asks,
          explains,
          answers: one.answers.map((answer) => ({ ...answer, says: answers[answer.id] ?? answer.says })),
        };
      }),
    },
  };
}

/** Values of a training's fields for one client. */
export type TrainingWords = Readonly<Record<TrainingField, string>>;

/** The training with its fields filled in. */
export function trainingFor(training: Training, words: TrainingWords): Training {
  const fill = (text: string) =>
    text.replace(/\{([a-z]+)\}/gu, (whole, name: string) => words[name as TrainingField] ?? whole);
  const { intro, slides, quiz } = training;
  return {
    ...training,
    intro: fill(intro),
    slides: slides.map((one) => ({ ...one, title: fill(one.title), points: one.points.map(fill) })),
    quiz: {
      ...quiz,
      questions: quiz.questions.map((one) => ({
        ...one,
        asks: fill(one.asks),
        explains: fill(one.explains),
        answers: one.answers.map((answer) => ({ ...answer, says: fill(answer.says) })),
      })),
    },
  };
}

/** The slides as a handout. */
export function handoutOf({ title, intro, slides }: Training): PolicyContent {
  return {
    title,
    intro,
    sections: slides.map((slide) => ({
      id: slide.id,
      title: slide.title,
      items: slide.points.map((text, at) => ({ id: `${slide.id}_${at}`, text })),
    })),
  };
}

/** Text that is identical for every client; its hash is the version of the training. */
export function trainingText({ title, intro, slides, quiz }: Training): string {
  return JSON.stringify({ title, intro, slides, quiz });
}

export interface QuizResult {
  readonly passed: boolean;
  readonly right: number;
  readonly of: number;
  readonly wrong: readonly TrainingQuestion[];
}

/** Result of a quiz; null: a question has no answer, or an invalid one. `given`: answer id by question id. */
export function quizResult({ quiz }: Training, given: Readonly<Record<string, string>>): QuizResult | null {
  const { questions, passShare } = quiz;
  const chosen = questions.map((question) => ({
    question,
    answer: question.answers.find(({ id }) => id === given[question.id]),
  }));
  if (chosen.some(({ answer }) => answer === undefined)) return null;
  const wrong = chosen.flatMap(({ question, answer }) => (answer?.right === true ? [] : [question]));
  const right = questions.length - wrong.length;
  return {
    passed: right >= Math.ceil(passShare * questions.length - 1e-9),
    right,
    of: questions.length,
    wrong,
  };
}
// Guide: G7.3-05
