import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One spelling in what people read: "organization", as the vendor and the guide write it. Names in code, fields of
 * activities and keys of files are no texts and stay as they are, so only what reads like a sentence is looked at.
 */

/** Where texts for people stand. Tests quote them, and comments are for developers. */
const TEXTS = [
  'catalogue/**/*.yaml',
  'src/{domain,sources,sinks,features,cli}/**/*.ts',
  'src/features/**/*.tsx',
  'web/src/**/*.{ts,tsx}',
];

const BEFORE =
  "the|an?|another|any|every|no|own|other|this|that|our|your|their|each|which|whole|foreign|linked|Claude|Console|Team|Enterprise|new|of|(?:’|')s";
const OTHERWISE = new RegExp(`\\b(?:${BEFORE})\\s+organisation(?:s|al)?\\b(?![_:}\\]])`, 'iu');
const BLOCK = /\/\*[\s\S]*?\*\//gu;
const LINE = /(^|[^:'"`])\/\/.*$/u;
/** `for (const one of organisations)` */
const LOOP = /\bof\s+organisations\b/iu;

/** Sentences for each text that spells it otherwise. */
export function checkSpelling(root: string): string[] {
  return TEXTS.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((path) => !/\.test\.tsx?$/u.test(path))
    .sort()
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .replace(BLOCK, (comment) => comment.replace(/[^\n]/gu, ' '))
        .split('\n')
        .flatMap((line, at) =>
          OTHERWISE.test(line.replace(LINE, '$1').replace(LOOP, ''))
            ? [`${path}:${at + 1}: write "organization" in what people read`]
            : [],
        ),
    );
}
