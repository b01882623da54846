import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { wrongWithCatalog } from './agent-catalog.ts';
import { DOCUMENTED } from './documented.ts';
import type { Exchange } from './simulator.ts';

/** Folder of a copy of Microsoft's OpenAPI contract beside the repository; it may be absent. */
export const contracts = fileURLToPath(new URL('../../../shared/contracts/microsoft-graph', import.meta.url));

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-ms-permissions'?: {
    readonly application?: { readonly least: readonly string[]; readonly higher: readonly string[] };
  };
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Paths that the simulator serves and neither the contract nor {@link DOCUMENTED} describes. */
const BEYOND = /^\/(reports\/azureADPremiumLicenseInsight|sites\/[^/]+\/drive\/root:\/.+)$/;

const files = existsSync(contracts)
  ? readdirSync(contracts).filter((name) => name.endsWith('.openapi.json'))
  : [];
const all = files.map((name) => {
  const contract: Contract = JSON.parse(readFileSync(`${contracts}/${name}`, 'utf8'));
  return { name, contract };
});
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
for (const { name, contract } of all) ajv.addSchema(contract, name);
const checks = new Map<string, ReturnType<typeof ajv.compile>>();

/** The operation of a request, and where its schemas are in the contract. */
export function operationOf(method: string, path: string) {
  for (const { name, contract } of all)
    for (const [template, operations] of Object.entries(contract.paths)) {
      const pattern = template
        .replace(/\(\)$/, '')
        .replaceAll(/[.()'$]/g, '\\$&')
        .replace('{relative-path}', '.+')
        .replaceAll(/\{[^}]*\}/g, '[^/]+');
      const operation = operations[method.toLowerCase()];
      if (operation === undefined || !new RegExp(`^${pattern}(\\(\\))?$`).test(path)) continue;
      const at = `${name}#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`;
      return { operation, at };
    }
  return null;
}

/** Violations of the contract by a request or its response; empty if no copy of the contract is present. */
export function wrongWith(exchange: Exchange): string[] {
  const catalog = wrongWithCatalog(exchange);
  if (catalog !== null) return catalog;
  if (all.length === 0) return [];
  const { method, path, query, sent, status, body } = exchange;
  const found = path === '/sites/getAllSites' ? null : operationOf(method, path);
  if (found === null) return wrongBeside(exchange);
  const { operation, at } = found;
  const wrong = Object.keys(query).flatMap((name) =>
    operation.parameters?.some((one) => one.in === 'query' && one.name === name) ||
    name === '$skiptoken' ||
    name === '$deltatoken'
      ? []
      : [`${method} ${path}: ${name} is no parameter`],
  );
  const validate = (part: string, value: unknown) => {
    const schema = encodeURI(`${at}/${part}/content/application~1json/schema`)
      .replaceAll('%7B', '{')
      .replaceAll('%7D', '}');
    const check = checks.get(schema) ?? ajv.compile({ $ref: schema });
    checks.set(schema, check);
    if (!check(value)) wrong.push(`${method} ${path} ${part}: ${ajv.errorsText(check.errors)}`);
  };
  if (operation.requestBody !== undefined && sent !== null) validate('requestBody', sent);
  // The 410 for an expired delta token is documented outside the contract
  // (learn.microsoft.com/graph/delta-query-overview).
  if (status === 410 && /\/delta(\(\))?$/.test(path)) return wrong;
  if (operation.responses[String(status)] === undefined) wrong.push(`${method} ${path}: no answer ${status}`);
  else if (body !== undefined) validate(`responses/${status}`, body);
  return wrong;
}

/** Violations by a request that the copy of the contract lacks, checked against Microsoft's documentation. */
function wrongBeside({ method, path, query, sent, status, body }: Exchange): string[] {
  const found = DOCUMENTED.find((one) => (one.method ?? 'GET') === method && one.path.test(path));
  if (found === undefined) return BEYOND.test(path) ? [] : [`${method} ${path} is in no contract`];
  const wrong = Object.keys(query).flatMap((name) =>
    found.query.includes(name) || name === '$skiptoken' ? [] : [`${method} ${path}: ${name} is no parameter`],
  );
  const validate = (part: 'answer' | 'request', schema: AnySchema, value: unknown) => {
    const key = `${part} ${found.source}`;
    const check = checks.get(key) ?? ajv.compile(schema);
    checks.set(key, check);
    if (!check(value)) wrong.push(`${method} ${path} ${part}: ${ajv.errorsText(check.errors)}`);
  };
  if (found.sends !== undefined) validate('request', found.sends, sent);
  if (status === 200) validate('answer', found.body, body);
  return wrong;
}
