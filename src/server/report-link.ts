import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '#features/context.ts';
import { openLink } from '#features/reports/links/open.ts';
import { asProblem } from './problem.ts';
import { signalOf } from './request-context.ts';

/** Seconds after which a link that could not be opened for now is worth another try. */
const RETRY_SECONDS = '30';

/** The report embeds its style, fonts and images; it loads and runs nothing. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A report behind a link that expires, for people without an account: the only page without sign-in that shows a
 * client's data. Its URL is a secret: it is in no log and no answer, and not sent as a referrer.
 */
export function reportLinks(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { secret: string } }>(
    '/report/:secret',
    { exposeHeadRoute: false },
    async (request, reply) => {
      reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex, nofollow, noarchive');
      try {
        const answer = await openLink(services, request.params.secret, {
          ip: request.ip,
          signal: signalOf(reply),
        });
        if (answer.kind === 'later')
          return sendText(
            reply.header('retry-after', String(answer.seconds)),
            429,
            'Too many requests. Wait a while.',
          );
        if (answer.kind === 'nothing')
          return sendText(
            reply,
            404,
            'There is no report at this address. The link may have expired or been revoked. Ask the person who sent it for a new one.',
          );
        return reply
          .header('content-security-policy', POLICY)
          .type('text/html; charset=utf-8')
          .send(Buffer.from(answer.html));
      } catch (error) {
        const { status, message } = asProblem(error);
        if (status === 503) reply.header('retry-after', RETRY_SECONDS);
        else if (status >= 500)
          services.log.error({ err: error }, 'a report could not be opened by its link');
        return sendText(reply, status, message);
      }
    },
  );
}

function sendText(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${words}\n`);
}
