import { afterAll, beforeAll } from 'vitest';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { openingsOfClient } from '../support/openings.ts';

/** What tests/pages/every-page.test.ts does on the same server in `npm test`. */
let here: FilledConsole;
beforeAll(async () => {
  here = await filledConsole();
}, 240_000);
afterAll(() => here.close());

openingsOfClient(() => here);
