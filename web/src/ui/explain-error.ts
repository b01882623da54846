import { ORPCError } from '@orpc/client';

export interface ExplainedError {
  /** A sentence for a person. */
  readonly text: string;
  /** For machines and for whoever is asked for help. */
  readonly code: string;
  /** HTTP status; 0 when the server was not reached. */
  readonly status: number;
}

/** What any failure of a call means to the person at the screen. */
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

/** What broke a page while it was drawn, which asks no server: a mistake of the console, in words for a person. */
export function explainBreak(error: unknown): ExplainedError {
  if (error instanceof ORPCError || !(error instanceof Error)) return explainError(error);
  return {
    text: 'Something on this page does not work. Send the code below to the person who runs this console.',
    code: `${error.name}: ${error.message}`,
    status: 0,
  };
}
