import { expect, it } from 'vitest';
import { explainBreak, explainError } from './explain-error.ts';

it('treats what broke a page as a mistake of the console, not as a server that cannot be reached', () => {
  const error = new TypeError("Cannot read properties of undefined (reading 'map')");
  expect(explainBreak(error)).toEqual({
    text: 'Something on this page does not work. Send the code below to the person who runs this console.',
    code: `TypeError: ${error.message}`,
    status: 0,
  });
  // Browsers report an unreachable server as a TypeError too.
  expect(explainError(new TypeError('Failed to fetch')).code).toBe('UNREACHABLE');
});
