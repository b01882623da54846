import type { TestAnswer, TestConsole } from '../../../server/testing/console.ts';
import type { Operation } from '../../operation.ts';

/** What a person holds that proves who they are. */
export type Proof = { readonly cookie: string } | { readonly token: string } | null;

/** Calls an operation over HTTP as a surface would. */
export async function ask(
  bylaw: Pick<TestConsole, 'inject'> & { readonly services: Pick<TestConsole['services'], 'config'> },
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  proof: Proof,
  more: Readonly<Record<string, string>> = {},
): Promise<TestAnswer> {
  const inPath = new Set([...operation.route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name));
  const path = operation.route.replace(/\{\+?([^}]+)\}/gu, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  );
  const rest = Object.entries(input).filter(([key, value]) => !inPath.has(key) && value !== undefined);
  const upload = operation.meta.transport === 'upload';
  const inQuery = operation.method === 'GET' || upload;
  const query = inQuery
    ? `?${new URLSearchParams(rest.map(([key, value]): [string, string] => [key, String(value)]))}`
    : '';
  const headers = {
    ...more,
    origin: bylaw.services.config.origin,
    ...(proof === null
      ? {}
      : 'cookie' in proof
        ? { cookie: proof.cookie }
        : { authorization: `Bearer ${proof.token}` }),
    ...(upload
      ? { 'content-type': 'application/octet-stream' }
      : inQuery
        ? {}
        : { 'content-type': 'application/json' }),
  };
  return bylaw.inject({
    method: operation.method as 'GET',
    url: `/api/v1${path}${query}`,
    headers,
    ...(upload
      ? { payload: Buffer.from('a,b\n1,2\n') }
      : inQuery
        ? {}
        : { payload: JSON.stringify(Object.fromEntries(rest)) }),
  });
}

/** What a refusal tells: everything that the other side can see of it but the date. */
export function reported({ status, body, headers }: TestAnswer): unknown {
  return { status, body, type: headers['content-type'], length: headers['content-length'] };
}
