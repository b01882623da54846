import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '#features/context.ts';
import { openUploadLink } from '#features/imports/upload-links/open.ts';
import { receiveFile } from '#features/imports/upload-links/receive.ts';
import { asProblem } from './problem.ts';
import { uploadPage } from './upload-page.ts';

/**
 * Where somebody without an account uploads files for one client, behind a link that expires: a page that shows what
 * is wanted and nothing that the client has, and a URL for each file. Both URLs are secrets: in no log and no answer.
 */
export function uploadLinks(app: FastifyInstance, services: Services): void {
  const guarded = (reply: FastifyReply) =>
    reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow, noarchive');
  app.get<{ Params: { secret: string } }>(
    '/upload/:secret',
    { exposeHeadRoute: false },
    async (request, reply) => {
      guarded(reply);
      try {
        const found = await openUploadLink(services, request.params.secret, request.ip);
        if (found.kind !== 'open') return refused(reply, found);
        return reply
          .type('text/html; charset=utf-8')
          .send(uploadPage(found.link, { style: reply.cspNonce.style, script: reply.cspNonce.script }));
      } catch (error) {
        return failed(services, reply, error);
      }
    },
  );
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put<{ Params: { secret: string }; Querystring: { name?: string; modified?: string } }>(
      '/upload/:secret/files',
      { config: { file: true } },
      async (request, reply) => {
        guarded(reply);
        const body = request.body === undefined ? Readable.from([]) : (request.body as Readable);
        try {
          const found = await openUploadLink(services, request.params.secret, request.ip);
          if (found.kind !== 'open') return refused(reply.header('connection', 'close'), found);
          const { name, modified } = request.query;
          if (typeof name !== 'string' || name === '') return sendText(reply, 400, 'The file has no name.');
          const stated = Number(request.headers['content-length'] ?? Number.NaN);
          const added = await receiveFile(
            services,
            found.link,
            {
              name: name.slice(0, 4000),
              ...(typeof modified === 'string' ? { modified: modified.slice(0, 60) } : {}),
              length: Number.isSafeInteger(stated) ? stated : null,
            },
            body,
          );
          return sendText(
            reply,
            200,
            added.replaced ? 'Received, in place of the earlier one.' : 'Received.',
          );
        } catch (error) {
          // The rest of the file is not read: the answer says why, and the connection is closed.
          if (!request.raw.readableEnded) reply.header('connection', 'close');
          return failed(services, reply, error);
        }
      },
    );
  });
}

function refused(
  reply: FastifyReply,
  found: { readonly kind: 'nothing' } | { readonly kind: 'later'; readonly seconds: number },
): FastifyReply {
  return found.kind === 'later'
    ? sendText(reply.header('retry-after', String(found.seconds)), 429, 'Too many requests. Wait a while.')
    : sendText(
        reply,
        404,
        'This address does not accept files. The link may have expired or been revoked. Ask the person who sent it for a new one.',
      );
}

function failed({ log }: Services, reply: FastifyReply, error: unknown): FastifyReply {
  const { status, message } = asProblem(error);
  if (status >= 500) log.error({ err: error }, 'a file could not be taken by its link');
  return sendText(reply, status, message);
}

function sendText(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${words}\n`);
}
