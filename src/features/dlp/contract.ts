import { z } from 'zod';
import { CONFIDENCES, DLP_GROUPS } from '#domain/dlp/rules.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { DLP_FILES } from './files.ts';

const source = z.object({ title: z.string(), url: z.string(), read: z.string() });
const { download, get } = operationsOf({
  feature: 'Data loss prevention',
  scope: 'client',
  permission: 'charter.read',
});

export const dlpContract = {
  show: get('/clients/{client}/dlp', {
    title: 'Show what data loss prevention looks for',
    description:
      'Every rule with what it finds and what it does not, and how Purview can have it: a type of Microsoft, a type of the package, or not at all. The page that checks a file uses the same rules.',
    cli: 'dlp show',
    mcp: true,
    guide: ['G6.4-08', 'G6.4-10', 'G8-08', 'G8-09'],
  })
    .input(z.object({ client: clientParam }))
    .output(
      z.object({
        asOf: z.string(),
        version: z.string().describe('Changes with the rules; the package carries it'),
        rules: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            group: z.enum(DLP_GROUPS),
            atLeast: z.number().int().describe('Hits in one text from which on it matters'),
            alone: z
              .enum(CONFIDENCES)
              .nullable()
              .describe('How sure it is without a word beside it; null: it is none then, or needs no word'),
            words: z.array(z.string()).describe('Words beside it, names or headings that make it one'),
            purview: z.enum(['built_in', 'package', 'none']),
            builtIn: z.string().nullable().describe('Name of the type of Microsoft'),
            misses: z.array(z.string()).describe('Texts in which it finds nothing'),
          }),
        ),
        check: z.string().describe('Address of the page that checks a file; it needs nobody to be signed in'),
        files: z.array(z.object({ id: z.enum(DLP_FILES), name: z.string() })),
        sources: z.array(source),
      }),
    ),
  file: download('/clients/{client}/dlp/files/{file}', {
    title: 'Download the rules for Purview, or a file to test with',
    cli: 'dlp file',
    why: 'A file for a portal or a test; dlp show gives the rules.',
    guide: ['G6.4-08', 'G6.4-10'],
  }).input(z.object({ client: clientParam, file: z.enum(DLP_FILES) })),
};
