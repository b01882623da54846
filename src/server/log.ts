import { type DestinationStream, type Logger, pino } from 'pino';
import { inertJson } from '#domain/text/given.ts';

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
      redact: {
        paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
        censor: '[left out]',
      },
    },
    { write: (line) => to.write(inertJson(line)) },
  );
}
