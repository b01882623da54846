import { z } from 'zod';
import type { Translation as PolicyTranslation } from '../policy/languages.ts';
import { day } from './day-schema.ts';
import { guideRow, text } from './entry-fields.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** Placeholders in the training's texts; each is replaced for the client. */
export const TRAINING_FIELDS = ['client', 'domains', 'contact', 'connectors'] as const;
export type TrainingField = (typeof TRAINING_FIELDS)[number];

/** Text without placeholders other than those of a training. */
const fielded = text.refine(
  (value) =>
    [...value.matchAll(/\{([^{}]*)\}/gu)].every(([, name]) => TRAINING_FIELDS.some((one) => one === name)),
  `may name ${TRAINING_FIELDS.map((one) => `{${one}}`).join(', ')} alone`,
);

const guide = z.array(guideRow).min(1);

const slideSchema = z.strictObject({ id, title: fielded, points: z.array(fielded).min(1).max(8), guide });

const questionSchema = z
  .strictObject({
    id,
    asks: fielded,
    answers: z.array(z.strictObject({ id, says: fielded, right: z.boolean().default(false) })).min(2),
    /** Why the right answer is right; shown after a wrong answer. */
    explains: fielded,
    guide,
  })
  .refine(({ answers }) => answers.filter(({ right }) => right).length === 1, {
    path: ['answers'],
    message: 'exactly one answer has to be right',
  })
  .refine(({ answers }) => new Set(answers.map((one) => one.id)).size === answers.length, {
    path: ['answers'],
    message: 'each answer needs an id of its own',
  });
export type TrainingQuestion = z.infer<typeof questionSchema>;

const byId = <T extends z.ZodType>(of: T) => z.record(id, of);

/** A translation of a training's texts, by id. */
const translationSchema = z.strictObject({
  title: text,
  intro: fielded,
  slides: byId(z.strictObject({ title: fielded, points: z.array(fielded) })),
  questions: byId(z.strictObject({ asks: fielded, answers: byId(fielded), explains: fielded })),
});
type Translation = z.infer<typeof translationSchema>;

/** The short staff training with a quiz at its end. */
const baseSchema = z.strictObject({
  asOf: day,
  title: text,
  intro: fielded,
  slides: z.array(slideSchema).min(1),
  quiz: z.strictObject({
    /** Share of questions to answer correctly. The guide names none; this is Bylaw's default. */
    passShare: z.number().gt(0).max(1),
    /** How often one person may submit the quiz within 24 hours. */
    attemptsPerDay: z.number().int().min(1).max(20),
    questions: z.array(questionSchema).min(8),
  }),
  translations: z.strictObject({ es: translationSchema } satisfies Record<PolicyTranslation, unknown>),
});
type Base = z.infer<typeof baseSchema>;

export const trainingSchema = baseSchema.superRefine((training, context) => {
  for (const [language, translation] of Object.entries(training.translations))
    for (const path of untranslated(training, translation))
      context.addIssue({
        code: 'custom',
        path: ['translations', language, ...path],
        message: 'is missing, or stands for nothing in the English text',
      });
});

/** Where a translation does not match the English text exactly. */
function untranslated({ slides, quiz }: Base, translation: Translation): string[][] {
  const differs = (there: readonly string[], wanted: readonly string[], ...path: string[]) =>
    [...new Set(there).symmetricDifference(new Set(wanted))].map((one) => [...path, one]);
  return [
    ...differs(
      Object.keys(translation.slides),
      slides.map((one) => one.id),
      'slides',
    ),
    ...slides.flatMap((slide) =>
      translation.slides[slide.id]?.points.length === slide.points.length
        ? []
        : [['slides', slide.id, 'points']],
    ),
    ...differs(
      Object.keys(translation.questions),
      quiz.questions.map((one) => one.id),
      'questions',
    ),
    ...quiz.questions.flatMap((question) =>
      differs(
        Object.keys(translation.questions[question.id]?.answers ?? {}),
        question.answers.map((one) => one.id),
        'questions',
        question.id,
        'answers',
      ),
    ),
  ];
}

export type Training = z.infer<typeof trainingSchema>;
// Guide: G7.3-05
