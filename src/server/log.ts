import { type DestinationStream, type Logger, pino } from 'pino';
import { inertJson } from '#domain/text/unsafe-text.ts';

/** Maximum number of nested causes that are logged. */
const MAX_CAUSES = 5;

/**
 * The part of an error that is logged: message and stack, without properties that libraries attach. Database drivers
 * attach the row, HTTP clients the request or response, with all their contents.
 */
function errorOf(error: unknown, causes = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code !== 'object' ? error.code : undefined;
  const inner = cause === undefined || causes >= MAX_CAUSES ? {} : { cause: errorOf(cause, causes + 1) };
  return { type: name, message, code, stack, ...inner };
}

/**
 * The server's log: JSON lines without terminal control characters, and without anything that could hold a secret or a
 * person's words.
 *
 * @param to Left out: standard output.
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
