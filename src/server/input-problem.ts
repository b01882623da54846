import { ORPCError, ValidationError } from '@orpc/server';
import { fieldOf, refusalSentence } from '#features/input-words.ts';

/** Maximum number of invalid fields listed in the error's data. */
const MAX_ISSUES = 100;

/**
 * Turns a validation error into one sentence that names the first field and how many more there are; the details are
 * in the data, so that a form can show each beside its field. Other errors are returned unchanged.
 */
export function inputProblem(error: unknown): unknown {
  if (!(error instanceof ORPCError) || !(error.cause instanceof ValidationError)) return error;
  if (error.code !== 'BAD_REQUEST') return error;
  const [first, ...others] = error.cause.issues;
  const more = others.length > 0 ? ` There ${others.length === 1 ? 'is' : 'are'} ${others.length} more.` : '';
  const message =
    first === undefined
      ? 'The input cannot be used.'
      : fieldOf(first) === '' && /^(must be a group of fields|is missing)$/.test(first.message)
        ? 'Send a JSON object. Its fields are listed at /api/reference.'
        : `${refusalSentence(first)}${more}`;
  const issues = error.cause.issues.slice(0, MAX_ISSUES);
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message,
    data: { issues: issues.map((issue) => ({ field: fieldOf(issue), message: issue.message })) },
  });
}
