import type { Operation } from '#features/operation.ts';
import type { Example } from './examples.ts';

/** Media type of an upload's body. */
const FILE = 'Name,Email,Role\nMara Ellingsworth,mara@alder.example.org,Owner\n';

/** The parts of an operation in the OpenAPI document that carry examples. */
export function withExamples(
  { meta }: Operation,
  entry: Readonly<Record<string, unknown>>,
  { input, type, disposition, output }: Example,
): Record<string, unknown> {
  const given = Array.isArray(entry.parameters) ? entry.parameters.filter(isRecord) : [];
  const parameters = given.map((one) =>
    typeof one.name === 'string' && input[one.name] !== undefined
      ? { ...one, example: sent(one.schema, input[one.name]) }
      : one,
  );
  const inAddress = new Set(given.map(({ name }) => name));
  const body = Object.fromEntries(Object.entries(input).filter(([name]) => !inAddress.has(name)));
  const request = isRecord(entry.requestBody) ? entry.requestBody : null;
  const answered = meta.transport === 'download' ? download(type, disposition) : {};
  const responses = Object.entries(isRecord(entry.responses) ? entry.responses : {}).map(
    ([status, response]) => [
      status,
      isRecord(response) && isRecord(response.content) ? shown(response, output, answered) : response,
    ],
  );
  return {
    ...(given.length === 0 ? {} : { parameters }),
    ...(request === null ? {} : { requestBody: shown(request, meta.transport === 'upload' ? FILE : body) }),
    responses: Object.fromEntries(responses),
  };
}

/** A body with an example, and examples of its named headers. */
function shown(
  part: Readonly<Record<string, unknown>>,
  example: unknown,
  headers: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const media = Object.entries(isRecord(part.content) ? part.content : {});
  const named = Object.entries(isRecord(part.headers) ? part.headers : {});
  return {
    ...part,
    content: Object.fromEntries(
      media.map(([type, one]) => [type, { ...(isRecord(one) ? one : {}), example }]),
    ),
    ...(named.length === 0
      ? {}
      : {
          headers: Object.fromEntries(
            named.map(([name, one]) => [
              name,
              isRecord(one) && headers[name] !== undefined ? { ...one, example: headers[name] } : one,
            ]),
          ),
        }),
  };
}

function download(type: string | null, disposition: string | null): Record<string, string> {
  return {
    ...(type === null ? {} : { 'content-type': type }),
    ...(disposition === null ? {} : { 'content-disposition': disposition }),
  };
}

/** Values in a URL are text; convert them to the type that the schema declares. */
function sent(schema: unknown, value: unknown): unknown {
  if (typeof value !== 'string' || !isRecord(schema)) return value;
  const types = [schema, ...(Array.isArray(schema.anyOf) ? schema.anyOf : [])].flatMap((one) =>
    isRecord(one) && typeof one.type === 'string' ? [one.type] : [],
  );
  if (types.includes('string')) return value;
  if (types.includes('integer') || types.includes('number')) return Number(value);
  return types.includes('boolean') ? value === 'true' : value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
