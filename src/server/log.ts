import { type DestinationStream, type Logger, pino } from 'pino';
import { inertJson } from '#domain/text/given.ts';

/** Errors within errors that are written down. */
const MAX_CAUSES = 5;

/**
 * What is written down of an error: where it happened, and nothing that a library hung on it. A database adds the row, a
 * client of HTTP the request or the answer, with all that is in them.
 */
function errorOf(error: unknown, causes = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code !== 'object' ? error.code : undefined;
  const inner = cause === undefined || causes >= MAX_CAUSES ? {} : { cause: errorOf(cause, causes + 1) };
  return { type: name, message, code, stack, ...inner };
}

/**
 * The server's log: lines of JSON without anything that would steer the terminal on which they are read. What could hold
 * a secret or a person's words is never written down.
 *
 * @param to Left out: the standard output.
 */
export function serverLog(level: string, to: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      level,
      serializers: { err: errorOf },
      redact: {
        paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
        censor: '[left out]',
      },
    },
    { write: (line) => to.write(inertJson(line)) },
  );
}
