import { setImmediate } from 'node:timers/promises';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { FastifyInstance } from 'fastify';
import { html, raw } from 'hono/html';
import { contract } from '#app/contract.ts';
import { operations } from '#app/operations.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { KEPT_HOURS, takesIdempotencyKey } from '#features/idempotency.ts';
import type { Operation } from '#features/operation.ts';
import { inputFields } from '#features/operation-fields.ts';
import { version } from '#features/version.ts';
import { isRecord, withExamples } from './example-entries.ts';
import { examples } from './examples.ts';
import { PROBLEMS } from './problem.ts';
import { problemComponents, problemResponse } from './problem-schemas.ts';

/**
 * Serves the OpenAPI 3.1 document at /api/openapi.json and a page generated from the same contract at /api/reference.
 */
export function reference(app: FastifyInstance, origin: string): void {
  let document: Promise<Buffer> | null = null;
  let page: Promise<Buffer> | null = null;
  app.get('/api/openapi.json', async (_request, reply) => {
    document ??= openApi(origin).then((made) => Buffer.from(JSON.stringify(made)));
    return reply.type('application/json; charset=utf-8').send(await document);
  });
  app.get('/api/reference.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
  app.get('/api/reference', async (_request, reply) => {
    // Needs no sign-in and takes a tenth of a second to generate, hence the cache.
    page ??= Promise.resolve(referencePage(origin)).then((made) => Buffer.from(String(made)));
    return reply.type('text/html; charset=utf-8').send(await page);
  });
}

/**
 * Generates the document for every operation: schemas, errors, permission, command, tool and audit action. Yields to
 * the event loop after each feature, because generating all at once would block the server.
 */
export async function openApi(origin: string): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const byId = new Map(operations().map((one) => [one.path.join('.'), one]));
  const exampleOf = examples();
  const paths: Record<string, unknown> = {};
  let whole: object = {};
  for (const [name, feature] of Object.entries(contract)) {
    const part = await generator.generate({ [name]: feature }, about(origin));
    for (const [address, path] of Object.entries(part.paths ?? {})) {
      for (const item of Object.values(path ?? {})) describe(item);
      paths[address] = { ...(paths[address] ?? {}), ...path };
    }
    whole = part;
    await setImmediate();
  }
  return { ...whole, paths };

  function describe(item: unknown): void {
    if (!isRecord(item) || typeof item.operationId !== 'string') return;
    const operation = byId.get(item.operationId);
    if (operation === undefined) return;
    Object.assign(item, extensions(operation), described(operation, item));
    const example = exampleOf.get(item.operationId);
    if (example !== undefined) Object.assign(item, withExamples(operation, item, example));
  }
}

function about(origin: string): Parameters<OpenAPIGenerator['generate']>[1] {
  return {
    info: {
      title: 'Bylaw',
      version,
      description:
        'Every operation of the Bylaw console. Send a token as “Authorization: Bearer byl_…”. Examples use invented people; their lists and texts are shortened, and ids and secrets are replaced.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ token: [] }, { session: [] }],
    components: {
      ...problemComponents(origin),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token made under your name > Tokens' },
        session: { type: 'apiKey', in: 'cookie', name: 'bylaw_session' },
      },
    },
  };
}

function extensions({ meta, path }: Operation): Record<string, unknown> {
  return {
    'x-bylaw-permission': meta.permission,
    'x-bylaw-audit-action': meta.audit,
    'x-bylaw-command': meta.cli === null ? null : `bylaw ${meta.cli}`,
    'x-bylaw-tool': meta.mcp ? path.join('_') : null,
    'x-bylaw-guide-rows': meta.guide ?? [],
    ...(meta.permission === 'public' ? { security: [] } : {}),
  };
}

/** Corrects what the generator cannot know, or writes in a way that the specification does not allow. */
function described(operation: Operation, item: object): Record<string, unknown> {
  const given = 'parameters' in item && Array.isArray(item.parameters) ? item.parameters : [];
  // Both are useless here, and not allowed for path parameters.
  const parameters = given.map(({ allowEmptyValue: _e, allowReserved: _r, ...parameter }) => parameter);
  const responses = 'responses' in item && isRecord(item.responses) ? item.responses : {};
  const headers = takesIdempotencyKey(operation.method, operation.meta) ? [KEY_PARAMETER] : [];
  return {
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [
        status,
        problemResponse(status) ??
          (isRecord(response)
            ? { ...response, description: ownValue(ANSWERS, status) ?? `Status ${status}` }
            : response),
      ]),
    ),
    ...(operation.meta.transport === 'upload'
      ? {
          parameters: [...parameters, ...inAddress(operation, parameters)],
          requestBody: {
            required: true,
            description: 'The file, as it is',
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : parameters.length + headers.length > 0
        ? { parameters: [...parameters, ...headers] }
        : {}),
  };
}

/** The body of an upload is its file, so all other input is in the query. */
function inAddress(operation: Operation, inPath: readonly { readonly name?: string }[]) {
  const names = new Set(inPath.map(({ name }) => name));
  return inputFields(operation)
    .filter(({ name }) => !names.has(name))
    .map(({ name, required, schema }) => ({ name, in: 'query', required, schema }));
}

const KEY_PARAMETER = { $ref: '#/components/parameters/IdempotencyKey' };
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  description: `A key of your own, new with each new request: 1 to 255 visible characters, for example a UUID. The same request with the same key is carried out once and gets the same answer again, with the header Idempotency-Replayed, for ${KEPT_HOURS} hours; another request with it is refused (422), as is one that is still being answered (409).`,
  schema: { type: 'string' as const, minLength: 1, maxLength: 257 },
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
};

const ANSWERS: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Made',
  302: 'Sent on to a page of the console',
};

function referencePage(origin: string) {
  const features = Map.groupBy(operations(), ({ feature }) => feature);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bylaw API reference</title><link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/api/reference.css"></head>
<body><main>
<h1>Bylaw API reference</h1>
<p>What the console does, a program can do. <a href="/api/openapi.json">The same as OpenAPI 3.1</a>. <a href="/clients">Back to the console</a>.</p>
<ol><li>Create a token under <a href="/me">My account</a>. It can do at most what you can.</li>
<li>List your clients: <code>curl -H "Authorization: Bearer byl_…" ${origin}/api/v1/fleet</code></li>
<li>Put the <code>slug</code> of a client in place of <code>{client}</code> in the addresses below, such as
<code>${origin}/api/v1/clients/{client}/controls</code>.</li></ol>
<h2>Rules for every request</h2>
<p>Lists come in pages of at most <code>limit</code> entries. If an answer has a <code>nextCursor</code>, pass it as
<code>cursor</code> to get the next page; its address is also in the <code>Link</code> header (RFC 8288). A cursor continues
after the last entry that you received, no matter what was added or removed in the meantime.</p>
<p>Requests that create something with POST accept an <code>Idempotency-Key</code> of your own. If a request is sent again with
the same key within ${KEPT_HOURS} hours, it is carried out only once and gets the same answer; a different request with that key is
refused. A key applies to your account and the client.</p>
<p>Open an operation for its input, its command and who may call it.</p>
<nav aria-label="Features"><ul>${[...features.keys()].map((name) => html`<li><a href="#${anchor(name)}">${name}</a></li>`)}</ul></nav>
${[...features].map(
  ([name, list]) =>
    html`<section><h2 id="${anchor(name)}">${name}</h2>${list.map((operation) => article(operation))}</section>`,
)}
<section><h2 id="problems">Problems</h2>
<p>Refusals are answered as <code>application/problem+json</code> (RFC 9457). <code>detail</code> is a sentence for a
person, and <code>code</code> is for programs. A 401 says in <code>WWW-Authenticate</code> what to send, a 405 says in
<code>Allow</code> which methods exist, and a 429 or 503 says in <code>Retry-After</code> how many seconds to wait.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Problems"><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>${Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      html`<tr id="problem-${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td></tr>`,
  )}</tbody></table></div></section>
</main></body></html>`;
}

function anchor(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Lets a path wrap after a slash in a narrow window, not within a word. */
function broken(route: string) {
  return route.split(/(?<=\/)(?=.)/).map((part) => html`<wbr>${part}`);
}

function article(operation: Operation) {
  const { meta } = operation;
  const fields = inputFields(operation);
  // The id is inside the element, so that a link to it opens it.
  return html`<details>
<summary><h3>${operation.title}</h3> <code><b>${operation.method}</b> ${broken(operation.route)}</code></summary>
<article id="${operation.path.join('.')}">
${operation.description === null ? raw('') : html`<p>${operation.description}</p>`}
<dl>
<dt>Who</dt><dd>${meta.permission === 'public' ? 'Anyone' : meta.permission === 'signed_in' ? 'Anyone signed in' : html`<code>${meta.permission}</code>`}</dd>
<dt>On the record as</dt><dd>${meta.audit === null ? 'Nothing is changed' : html`<code>${meta.audit}</code>`}</dd>
<dt>Command</dt><dd>${meta.cli === null ? (meta.why ?? 'None') : html`<code>bylaw ${meta.cli}</code>`}</dd>
<dt>Tool for Claude</dt><dd>${meta.mcp ? html`<code>${operation.path.join('_')}</code>` : 'No'}</dd>
</dl>
${
  fields.length === 0
    ? raw('')
    : html`<div class="scroll" tabindex="0" role="region" aria-label="Input of ${operation.title}"><table><thead><tr><th>Input</th><th>Type</th><th>Needed</th><th>Meaning</th></tr></thead>
<tbody>${fields.map(
        (field) =>
          html`<tr><th scope="row"><code>${field.name}</code></th><td>${field.type}</td><td>${field.required ? 'yes' : 'no'}</td><td>${field.description}</td></tr>`,
      )}</tbody></table></div>`
}
</article></details>`;
}

const STYLE = `:root{color-scheme:light dark}body{font:14px/1.5 Inter,system-ui,sans-serif;margin:0}
main{max-width:64rem;margin:0 auto;padding:1.5rem}h1{font-size:1.25rem}h2{margin:2.5rem 0 .5rem;font-size:1rem}a{color:inherit}
code{font-size:.9em;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dd{margin:0}
details{border-top:1px solid #8884}summary{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.5rem 0;cursor:pointer}
h3{margin:0;font-size:1em;font-weight:500}h3::before{content:"▸ " / ""}details[open] h3::before{content:"▾ " / ""}article{padding:0 0 1rem 1rem;scroll-margin-top:3rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top;border-top:1px solid #8884}
@media(max-width:30rem){dl{grid-template-columns:1fr}dt{font-weight:600}}@media print{details::details-content{content-visibility:visible;block-size:auto}}`;
