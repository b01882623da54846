import { ORPCError } from '@orpc/client';

export interface ExplainedError {
  /** A sentence for a person. */
  readonly text: string;
  /** For programs and for support. */
  readonly code: string;
  /** HTTP status; 0: the server was not reached. */
  readonly status: number;
}

/** Explains a failed call to the person. */
export function explainError(error: unknown): ExplainedError {
  if (error instanceof ORPCError) return { text: error.message, code: error.code, status: error.status };
  if (error instanceof TypeError)
    return {
      text: 'The server cannot be reached. Check the connection, then try again.',
      code: 'UNREACHABLE',
      status: 0,
    };
  if (error instanceof Error) return { text: error.message, code: error.name, status: 0 };
  return { text: 'Something failed without giving a reason.', code: 'UNKNOWN', status: 0 };
}

/** Explains an error while rendering a page, which is a bug in the console. */
export function explainBreak(error: unknown): ExplainedError {
  if (error instanceof ORPCError || !(error instanceof Error)) return explainError(error);
  return {
    text: 'Something on this page does not work. Send the code below to the person who runs this console.',
    code: `${error.name}: ${error.message}`,
    status: 0,
  };
}
