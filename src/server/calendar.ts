import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '#features/context.ts';
import { readFeed } from '#features/reminders/feed.ts';
import { asProblem } from './problem.ts';

/**
 * Calendars at secret URLs, for calendar programs, which cannot sign in. Because the URL is a secret, it appears in no
 * log and no answer.
 */
export function calendars(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    const [, secret = ''] = /^(.{1,100})\.ics$/u.exec(request.params.file) ?? [];
    try {
      const answer = await readFeed(services, secret, request.ip);
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
          'There is no calendar at this address. It may have been replaced. Create a new address in Bylaw, under your account.',
        );
      const { text, etag } = answer.calendar;
      // Clients may cache it but have to revalidate, because a person's access can end at any time.
      reply
        .header('etag', etag)
        .header('cache-control', 'private, no-cache')
        .header('x-robots-tag', 'noindex');
      if (knows(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="bylaw.ics"')
        .send(text);
    } catch (error) {
      const { status, message } = asProblem(error);
      if (status >= 500) services.log.error({ err: error }, 'a calendar could not be read');
      return sendText(reply, status, message);
    }
  });
}

function sendText(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send(`${words}\n`);
}

/**
 * Whether the client already has this version (RFC 9110, `If-None-Match`): weak and strong tags of the same value
 * match.
 */
function knows(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim());
  return tags.includes('*') || tags.some((tag) => tag.replace(/^W\//, '') === etag.replace(/^W\//, ''));
}
