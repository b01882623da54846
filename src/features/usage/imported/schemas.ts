import { z } from 'zod';

const day = z.string().describe('YYYY-MM-DD');
const whole = z.number().int();
const figure = z
  .object({ sum: z.number(), stated: whole, of: whole })
  .nullable()
  .describe('Sum of the `stated` of `of` lines that state it; null: none does, which is not 0');

export const importedFigures = z.object({
  messages: figure,
  requests: figure,
  inputTokens: figure,
  outputTokens: figure,
  netMicros: figure,
  grossMicros: figure,
});

const ofFile = {
  file: z.string().describe('Key of the file and period'),
  name: z.string().describe('Name of the file'),
  observedOn: day,
  period: z
    .object({ from: day, to: day })
    .nullable()
    .describe('First and last day that the lines are of; null: the file does not say'),
};

export const importedFile = z.object({
  ...ofFile,
  complete: z.boolean().describe('false: one page of several, the others were not imported'),
  contradicted: z
    .boolean()
    .describe(
      'true: another file of the same period and day has other figures, and neither is known to be current',
    ),
  replaces: z.array(z.string()).describe('Names of older files of the same period that are not shown'),
  unknownColumns: z
    .array(z.string())
    .describe('Columns that may hold a figure that is missing, since no one has said what they hold'),
  people: whole.nullable().describe('How many people it names; null: no line names anyone'),
  unnamed: whole.describe('Lines that name no one; their figures are in the totals'),
  ...importedFigures.shape,
});

export const importedFiles = z
  .object({
    why: z.string().nullable().describe('Why there is no file; null: there is one'),
    howToGet: z.string(),
    items: z.array(importedFile).describe('One for each file and period, the newest period first'),
  })
  .describe(
    'Usage and spend files that were imported, of any range. They are in no other figure and never added up',
  );

export const importedPerson = z.object({
  ...ofFile,
  key: z.string().nullable().describe('null: lines that name no one'),
  person: z.string(),
  ...importedFigures.shape,
});
