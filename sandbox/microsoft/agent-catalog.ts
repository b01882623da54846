import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Exchange } from './simulator.ts';

/**
 * The list of packages as Microsoft documents it ("List packages" and "copilotPackage resource type",
 * learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/package, pages of 2026-06-30, read
 * 2026-11-30). The copy of Graph's contract beside the repository does not have it.
 */
export const CATALOG_PATH = '/copilot/admin/catalog/packages';

const text = { type: ['string', 'null'] };
const texts = { type: 'array', items: { type: 'string' } };
const status = { enum: ['none', 'some', 'all', 'unknownFutureValue'] };

/** Additional members are allowed: Microsoft may add some. */
const PACKAGES = {
  type: 'object',
  required: ['value'],
  properties: {
    '@odata.context': { type: 'string' },
    '@odata.nextLink': { type: 'string' },
    value: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'displayName'],
        properties: {
          id: { type: 'string' },
          displayName: { type: 'string' },
          type: { enum: ['microsoft', 'external', 'shared', 'custom', 'unknownFutureValue'] },
          shortDescription: text,
          isBlocked: { type: 'boolean' },
          supportedHosts: texts,
          lastModifiedDateTime: { type: 'string', format: 'date-time' },
          publisher: text,
          availableTo: status,
          deployedTo: status,
          elementTypes: texts,
          platform: text,
          version: text,
          manifestVersion: text,
          manifestId: text,
          appId: text,
          assetId: text,
        },
      },
    },
  },
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
const isPackages = ajv.compile(PACKAGES);

/** Violations of the documentation by a request for the catalog or its response; null: another request. */
export function wrongWithCatalog({
  method,
  path,
  query,
  status: code,
  body,
}: Pick<Exchange, 'method' | 'path' | 'query' | 'status' | 'body'>): string[] | null {
  if (path !== CATALOG_PATH) return null;
  const wrong = Object.keys(query)
    .filter((name) => name !== '$filter' && name !== '$skiptoken')
    .map((name) => `${method} ${path}: ${name} is not documented`);
  if (method !== 'GET') wrong.push(`${method} ${path} is not documented for reading`);
  if (code === 200 && !isPackages(body))
    wrong.push(`${method} ${path}: ${ajv.errorsText(isPackages.errors)}`);
  return wrong;
}
