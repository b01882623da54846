import { afterAll, beforeAll, describe } from 'vitest';
import { answersFit } from './examples.ts';
import { type Filled, filledServer } from './filled.ts';
import { exportsCalculateNothing } from './formulas.ts';
import { madeOnce } from './idempotency.ts';
import { listsComeInPages } from './lists.ts';
import { exportsOpen } from './outside.ts';
import { pdfs } from './pdf.ts';

/**
 * What only reads a server with something of everything, and after it what changes it: one server for all, since to
 * fill it takes longer than most of them.
 */
let filled: Filled;
beforeAll(async () => {
  filled = await filledServer();
});
afterAll(async () => filled?.close());

const here = (): Filled => filled;
exportsOpen(here);
pdfs(here);
describe('the pages of a list', () => listsComeInPages(here));
describe('what is made over the API', () => madeOnce(here));
describe('the OpenAPI document', () => answersFit(here));
exportsCalculateNothing(here);
