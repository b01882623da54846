import { afterAll, beforeAll, describe } from 'vitest';
import { answersFit } from './examples.ts';
import { type Filled, filledServer } from './filled.ts';
import { exportsCalculateNothing } from './formulas.ts';
import { madeOnce } from './idempotency.ts';
import { listsComeInPages } from './lists.ts';
import { exportsOpen } from './outside.ts';
import { pdfs } from './pdf.ts';

/**
 * Tests on a server with data of every kind: those that only read, then those that change it. They share one server,
 * because filling it takes longer than most of them.
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
