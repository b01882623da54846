import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  acknowledgementsCsv,
  connectorsCsv,
  domainMembershipsJson,
  membersCsv,
  spendCsv,
} from './alder/claude.ts';
import { ATTESTATIONS, CHARTER, CLIENT, DNS, JOURNAL, README_TXT } from './alder/documents.ts';
import {
  conditionalAccess,
  groups,
  namedLocations,
  permissionGrants,
  securityDefaults,
  servicePrincipals,
  signIns,
  subscribedSkus,
  users,
} from './alder/microsoft.ts';
import { rosterXlsx } from './alder/roster.ts';
import { shiftText } from './alder/shift.ts';

/** An image of one gray pixel, which stands for a screenshot. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * The sandbox association as the files that a real client would upload, with typical names. `days` moves every date in
 * them, so that the files are current whenever a sandbox is opened.
 */
export async function associationFiles(days = 0): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = await drawnFiles(days);
  return new Map(
    [...files].map(([name, content]) => [
      name,
      typeof content === 'string' ? shiftText(content, days) : content,
    ]),
  );
}

async function drawnFiles(days: number): Promise<ReadonlyMap<string, string | Uint8Array>> {
  return new Map<string, string | Uint8Array>([
    ['client.yaml', CLIENT],
    ['charter.yaml', CHARTER],
    ['what happened.yaml', JOURNAL],
    ['seen by Dana.yaml', ATTESTATIONS],
    ['proof/restrict-organization-creation.png', PIXEL],
    ['READ ME FIRST.txt', README_TXT],
    ['Claude/alder-members (1).csv', membersCsv()],
    ['Claude/memberships.json', domainMembershipsJson()],
    ['Claude/memberships before.json', domainMembershipsJson('october')],
    ['Claude/connectors as of today.csv', connectorsCsv()],
    ['Claude/spend report october.csv', spendCsv()],
    ['HR/Staff list.xlsx', await rosterXlsx(days)],
    ['HR/policy form answers.csv', acknowledgementsCsv()],
    ['DNS/dig.txt', DNS],
    ['Microsoft/skus.json', subscribedSkus()],
    ['Microsoft/users.json', users()],
    ['Microsoft/groups.json', groups()],
    ['Microsoft/ca.json', conditionalAccess()],
    ['Microsoft/locations.json', namedLocations()],
    ['Microsoft/apps.json', servicePrincipals()],
    ['Microsoft/grants.json', permissionGrants()],
    ['Microsoft/signins.json', signIns()],
    ['Microsoft/defaults.json', securityDefaults()],
  ]);
}

/** Folder of the files in the repository. */
export const ASSOCIATION = fileURLToPath(new URL('./association/', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(ASSOCIATION, { recursive: true, force: true });
  for (const [name, content] of await associationFiles()) {
    const path = join(ASSOCIATION, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
