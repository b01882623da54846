import { z } from 'zod';

const day = z.string().describe('YYYY-MM-DD');
const whole = z.number().int();
const figure = z
  .object({ sum: z.number(), stated: whole, of: whole })
  .nullable()
  .describe('Sum over the `stated` of `of` lines that state it; null: none states it, which is not 0');

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
    .describe('First and last day of the lines; null: the file does not say'),
};

export const importedFile = z.object({
  ...ofFile,
  complete: z.boolean().describe('false: one page of several, and the others were not imported'),
  contradicted: z
    .boolean()
    .describe(
      'true: another file with the same period and date has different figures, and it is not known which is current',
    ),
  replaces: z.array(z.string()).describe('Names of older files for the same period that are not shown'),
  unknownColumns: z
    .array(z.string())
    .describe('Columns that may contain a missing figure, because no one has stated what they contain'),
  people: whole.nullable().describe('Number of people it names; null: no line names anyone'),
  unnamed: whole.describe('Number of lines that name no one; their figures are in the totals'),
  ...importedFigures.shape,
});

export const importedFiles = z
  .object({
    why: z.string().nullable().describe('Why there is no file; null: there is one'),
    howToGet: z.string(),
    items: z.array(importedFile).describe('One for each file and period, newest period first'),
  })
  .describe(
    'Imported usage and spend files, for any range. They are not included in other figures and never added together',
  );

export const importedPerson = z.object({
  ...ofFile,
  key: z.string().nullable().describe('null: lines that name no one'),
  person: z.string(),
  ...importedFigures.shape,
});
