import { PROBLEMS } from './problem.ts';

/** The meaning of each error status, with an example message. */
const EXAMPLES: Readonly<
  Record<number, { readonly name: string; readonly says: string; readonly data?: object }>
> = {
  400: {
    name: 'BadRequest',
    says: '"domains": alder is not a domain name, for example alder.example.org.',
    data: {
      issues: [{ field: 'domains', message: 'alder is not a domain name, for example alder.example.org.' }],
    },
  },
  401: { name: 'Unauthorized', says: 'Sign in to continue.' },
  403: {
    name: 'Forbidden',
    says: 'Your role does not include this. An Owner can grant it to you under Access.',
  },
  404: {
    name: 'NotFound',
    says: 'There is nothing here that you can open. It may have been removed, or your role may not include it.',
  },
  409: {
    name: 'Conflict',
    says: 'Someone else changed the settings after you opened them. Nothing of yours is stored; look at the current version.',
    data: { by: 'Dana Whitlock', at: '2026-11-24T15:00:00.000Z', version: 4 },
  },
  413: { name: 'TooLarge', says: 'That is more than this form accepts. Send a file as an import instead.' },
  422: {
    name: 'Unprocessable',
    says: 'Unencrypted mail is allowed only to this machine (localhost). Choose STARTTLS or TLS for other servers.',
  },
  429: {
    name: 'TooManyRequests',
    says: 'Too many requests. Wait a minute.',
    data: { retryAfterSeconds: 60 },
  },
  503: {
    name: 'Unavailable',
    says: 'The database cannot be reached. Nothing was changed; try again in a moment.',
  },
  507: { name: 'StorageFull', says: 'No space is left on the disk. Nothing was changed.' },
};

const HEADERS: Readonly<Record<number, Readonly<Record<string, object>>>> = {
  401: { 'WWW-Authenticate': { description: 'How to identify yourself', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
};

/** The component for a status, if there is one; undefined: not an error status. */
export function problemResponse(status: string): { readonly $ref: string } | undefined {
  const example = EXAMPLES[Number(status)];
  return example && { $ref: `#/components/responses/${example.name}` };
}

/** Components of the OpenAPI document to which the error responses of every operation refer. */
export function problemComponents(origin: string) {
  return {
    schemas: {
      Problem: {
        type: 'object' as const,
        description:
          'Problem details (RFC 9457); `code`, `message`, `data` and `defined` are members of Bylaw’s own.',
        required: ['type', 'title', 'status', 'detail', 'code', 'message', 'defined'],
        properties: {
          type: {
            type: 'string' as const,
            format: 'uri-reference',
            description: 'Address of what the code means',
          },
          title: { type: 'string' as const },
          status: { type: 'integer' as const },
          detail: {
            type: 'string' as const,
            description: 'A sentence for a person: what is wrong, where, what to do',
          },
          code: { type: 'string' as const, description: 'For programs, for example CONFLICT' },
          message: { type: 'string' as const, description: 'The same as `detail`' },
          defined: { type: 'boolean' as const, description: 'Whether the operation names this refusal' },
          data: {
            description: 'More for programs: the fields of an input, who changed it, how long to wait',
          },
        },
      },
    },
    responses: Object.fromEntries(
      Object.entries(EXAMPLES).map(([key, { name, says, data }]) => {
        const status = Number(key);
        const codes = Object.entries(PROBLEMS).filter(([, problem]) => problem.status === status);
        const [code = '', problem] = codes[0] ?? [];
        return [
          name,
          {
            description: codes.map(([one, { title }]) => `${one}: ${title}`).join('. '),
            ...(HEADERS[status] === undefined ? {} : { headers: HEADERS[status] }),
            content: {
              'application/problem+json': {
                schema: { $ref: '#/components/schemas/Problem' },
                example: {
                  type: `${origin}/api/reference#problem-${code}`,
                  title: problem?.title,
                  status,
                  detail: says,
                  defined: true,
                  code,
                  message: says,
                  ...(data === undefined ? {} : { data }),
                },
              },
            },
          },
        ];
      }),
    ),
  };
}
