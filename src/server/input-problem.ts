import { ORPCError, ValidationError } from '@orpc/server';

/** Fields that are named beside the sentence. */
const MAX_ISSUES = 100;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * An input that its schema refuses, as one sentence that names the first field and says how many more there are; the
 * rest goes along as data, so that a form can show each beside its field. Anything else is passed on as it is.
 */
export function inputProblem(error: unknown): unknown {
  if (!(error instanceof ORPCError) || !(error.cause instanceof ValidationError)) return error;
  if (error.code !== 'BAD_REQUEST') return error;
  const issues = error.cause.issues.map((issue: Issue) => ({
    field: fieldOf(issue),
    message: issue.message,
  }));
  const first = issues[0];
  const more =
    issues.length > 1 ? ` There ${issues.length === 2 ? 'is' : 'are'} ${issues.length - 1} more.` : '';
  const message =
    first === undefined
      ? 'The input cannot be used.'
      : first.field === '' && /^Invalid input: expected object/.test(first.message)
        ? 'Send a JSON object. Its fields are listed at /api/reference.'
        : `${sentence(first.field, first.message)}${more}`;
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message,
    data: { issues: issues.slice(0, MAX_ISSUES) },
  });
}

function fieldOf({ path = [] }: Issue): string {
  return path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

function sentence(field: string, message: string): string {
  const text = /[.!?]$/.test(message) ? message : `${message}.`;
  // A message of our own that is a sentence stands for itself.
  if (field === '' || /^[A-Z][^:]*\.$/.test(message)) return text;
  return /^(is|has|must|needs) /.test(text) ? `"${field}" ${text}` : `"${field}": ${text}`;
}
