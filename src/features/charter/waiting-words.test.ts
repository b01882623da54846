import { expect, it } from 'vitest';
import { waitingWords } from './approval.ts';

const NAMES = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn'];

it.each([
  [1, ['Ana'], 'It waits for 1 approval by Ana, who did not work on it.'],
  [1, NAMES.slice(0, 3), 'It waits for 1 approval by Ana, Ben or Cleo, who did not work on it.'],
  [1, NAMES, 'It waits for 1 approval by one of Ana, Ben, Cleo, Dan and 2 more, who did not work on it.'],
  [2, NAMES.slice(0, 2), 'It waits for 2 approvals by Ana and Ben, who did not work on it.'],
  [2, NAMES.slice(0, 3), 'It waits for 2 approvals by two of Ana, Ben and Cleo, who did not work on it.'],
])('says who can give the %i that are left of %j', (needed, approvers, says) => {
  expect(waitingWords(0, needed, approvers)).toContain(says);
});
