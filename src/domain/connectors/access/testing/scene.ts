import { contextFor, EvaluationState } from '../../../decide/context.ts';
import type { Control } from '../../../model/catalogue.ts';
import type { Kind, Rows } from '../../../model/kinds.ts';
import { at, dana, kim, noor } from '../../../rules/accounts/fixtures.ts';
import { CATALOGUE } from '../../../rules/connectors/testing/catalogue.ts';
import { type Given, given, reading } from '../../../testing/build.ts';
import { accessOver } from '../access.ts';
import type { Who } from '../subject.ts';

/** For the tests of this folder: a client with two seat holders, one of whom linked Microsoft 365. */

const control = { id: 'CLA-CON-09' } as Control;
export const CLIENT = {
  appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0',
  id: 'sp-client',
  name: 'M365 MCP Client for Claude',
};
export const SERVER = {
  appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17',
  id: 'sp-server',
  name: 'M365 MCP Server for Claude',
};
export const GRAPH = {
  appId: '00000003-0000-0000-c000-000000000000',
  id: 'sp-graph',
  name: 'Microsoft Graph',
};
export const LOCKED = [
  GRAPH,
  { ...CLIENT, assignmentRequired: true },
  { ...SERVER, assignmentRequired: true },
];
export const FOR_ALL = { clientId: 'sp-server', consentType: 'AllPrincipals' as const };
export const own = (principalId: string) => ({
  clientId: 'sp-server',
  consentType: 'Principal' as const,
  principalId,
});
export const assign = (principalId: string, principalType: string | null = 'User') => [
  { resourceId: 'sp-client', principalId, principalType },
  { resourceId: 'sp-server', principalId, principalType },
];

export type Rowed = { readonly [K in Kind]?: readonly (Partial<Rows[K]> & object)[] };
export const FULL: Rowed = {
  members: [
    { ...dana, role: 'user', status: 'active', seat: 'Standard' },
    { ...kim, role: 'user', status: 'active', seat: 'Standard' },
  ],
  roster: [
    { name: dana.name, emails: [dana.email], status: 'active' },
    { name: noor.name, emails: [noor.email], status: 'active' },
  ],
  connectors: [
    { connector: 'SharePoint', action: 'Search content', state: 'allow', enabled: true },
    { connector: 'SharePoint', action: 'Edit file', state: 'ask', enabled: true },
    { connector: 'SharePoint', action: 'Delete item', state: 'blocked', enabled: true },
  ],
  service_principals: [GRAPH, CLIENT, SERVER],
  permission_grants: [own('u-dana')],
  entra_users: [
    { id: 'u-dana', upn: at('d.whitlock'), mail: dana.email, name: dana.name },
    { id: 'u-kim', upn: kim.email, name: kim.name },
    { id: 'u-noor', upn: noor.email, name: noor.name },
  ],
};

export function over(rows: Rowed, parts: Given = {}, observedOn = '2026-11-20') {
  const readings = Object.fromEntries(
    Object.entries(rows).map(([kind, list]) => [
      kind,
      // Consents of a few people alone would look like a filtered list.
      [
        reading(kind as Kind, list as readonly object[], {
          observedOn,
          mappedByHand: kind === 'permission_grants',
        }),
      ],
    ]),
  );
  const shared = new EvaluationState(
    given({ catalogue: CATALOGUE, ...parts, readings: { ...readings, ...parts.readings } }),
  );
  const context = contextFor(shared, control, 31);
  return { access: accessOver({ context, links: context, reviewDays: 365 }), context };
}
export const account = (person: { name: string; email: string }): Who => ({
  name: person.name,
  account: person.email,
  addresses: [],
  outside: false,
});
export const ofPerson = (rows: Rowed, who: Who = account(dana), parts: Given = {}, day?: string) =>
  over(rows, parts, day).access.person(who);
export const sharepoint = (rows: Rowed, who?: Who, parts?: Given, day?: string) => {
  const found = ofPerson(rows, who, parts, day).connectors.find(({ id }) => id === 'microsoft365_sharepoint');
  if (!found) throw new Error('no SharePoint');
  return found;
};
export const results = (one: ReturnType<typeof sharepoint>) =>
  Object.fromEntries(
    one.actions.filter(({ kind }) => kind === 'action').map((row) => [row.title, row.result]),
  );
