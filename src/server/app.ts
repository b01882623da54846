import fastify, { type FastifyInstance } from 'fastify';
import type { Report } from '#features/reports/model.ts';
import { MEDIA_TYPES, type Paper, render } from '#features/reports/render.ts';

const FORMAT_OF_PATH = {
  '/': 'html',
  '/report.pdf': 'pdf',
  '/report.xlsx': 'xlsx',
  '/report.json': 'json',
} as const;

/** Serves one finished report, read only. Each format is rendered once, on its first request. */
export function reportServer(report: Report, paper: Paper): FastifyInstance {
  const app = fastify({ logger: false });
  const rendered = new Map<string, Promise<Uint8Array>>();
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-frame-options', 'DENY');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('cache-control', 'no-store');
  });
  for (const [path, format] of Object.entries(FORMAT_OF_PATH)) {
    app.get(path, async (_request, reply) => {
      const bytes = rendered.get(format) ?? render(report, format, { paper });
      rendered.set(format, bytes);
      return reply.type(MEDIA_TYPES[format]).send(Buffer.from(await bytes));
    });
  }
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('text/plain; charset=utf-8')
      .send(
        'There is no such page. The report is at /, and as /report.pdf, /report.xlsx and /report.json.\n',
      ),
  );
  return app;
}
