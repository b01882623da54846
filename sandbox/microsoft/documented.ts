import type { AnySchema } from 'ajv/dist/2020.js';

/** What Microsoft documents of an answer that the copy of its contract leaves out. */
interface Documented {
  readonly path: RegExp;
  readonly query: readonly string[];
  /** Where it is documented, and the day on which it was read. */
  readonly source: string;
  readonly read: string;
  readonly body: AnySchema;
}

const text = { type: ['string', 'null'] };
const day = { type: ['string', 'null'], pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' };
const list = (of: AnySchema): AnySchema => ({
  type: 'object',
  required: ['@odata.context', 'value'],
  properties: {
    '@odata.context': { type: 'string' },
    '@odata.nextLink': { type: 'string', format: 'uri' },
    value: { type: 'array', items: of },
  },
});

const identity = {
  type: 'object',
  properties: { id: text, displayName: text, loginName: text, email: text },
};
const identities = {
  type: 'object',
  properties: {
    user: identity,
    group: identity,
    application: identity,
    siteUser: identity,
    siteGroup: identity,
  },
};

export const DOCUMENTED: readonly Documented[] = [
  {
    path: /^\/groups$/,
    query: ['$select', '$expand', '$filter', '$top', '$orderby', '$search', '$count'],
    source:
      'https://learn.microsoft.com/graph/api/group-list, https://learn.microsoft.com/graph/api/resources/group',
    read: '2026-11-30',
    body: list({
      type: 'object',
      required: ['id', 'displayName'],
      properties: {
        id: { type: 'string' },
        displayName: { type: 'string' },
        groupTypes: { type: 'array', items: { type: 'string' } },
        visibility: { enum: ['Private', 'Public', 'HiddenMembership', 'Hiddenmembership', null] },
        mail: text,
      },
    }),
  },
  {
    path: /^\/roleManagement\/directory\/roleAssignments$/,
    query: ['$filter', '$expand', '$select'],
    source: 'https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments',
    read: '2026-11-30',
    body: list({
      type: 'object',
      required: ['id', 'principalId', 'roleDefinitionId', 'directoryScopeId'],
      properties: {
        id: { type: 'string' },
        principalId: { type: 'string', format: 'uuid' },
        roleDefinitionId: { type: 'string', format: 'uuid' },
        directoryScopeId: text,
        principal: {
          type: 'object',
          required: ['@odata.type', 'id'],
          properties: { '@odata.type': { type: 'string' }, id: { type: 'string', format: 'uuid' } },
        },
      },
    }),
  },
  {
    // A function, which has no parameter and which the contract's path of one site would take for the id of one.
    path: /^\/sites\/getAllSites$/,
    query: [],
    source:
      'https://learn.microsoft.com/graph/api/site-getallsites, https://learn.microsoft.com/graph/api/resources/site',
    read: '2026-11-30',
    body: list({
      type: 'object',
      required: ['id', 'webUrl'],
      properties: {
        id: { type: 'string', pattern: '^[^,]+,[^,]+,[^,]+$' },
        name: text,
        displayName: text,
        webUrl: { type: 'string', format: 'uri' },
        isPersonalSite: { type: ['boolean', 'null'] },
        root: { type: 'object' },
        siteCollection: { type: 'object' },
      },
    }),
  },
  {
    path: /^\/sites\/[^/]+\/drives$/,
    query: ['$select', '$expand', '$top', '$orderby'],
    source:
      'https://learn.microsoft.com/graph/api/drive-list, https://learn.microsoft.com/graph/api/resources/drive',
    read: '2026-11-30',
    body: list({
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, name: text, webUrl: text, driveType: text },
    }),
  },
  {
    path: /^\/drives\/[^/]+\/items\/[^/]+\/permissions$/,
    query: ['$select'],
    source:
      'https://learn.microsoft.com/graph/api/driveitem-list-permissions, https://learn.microsoft.com/graph/api/resources/permission, https://learn.microsoft.com/graph/api/resources/sharepointidentityset, https://learn.microsoft.com/graph/api/resources/sharinglink',
    read: '2026-11-30',
    body: list({
      type: 'object',
      required: ['id', 'roles'],
      properties: {
        id: { type: 'string' },
        roles: { type: 'array', items: { type: 'string' } },
        link: {
          type: 'object',
          properties: {
            type: text,
            scope: { enum: ['anonymous', 'organization', 'users', 'existingAccess', null] },
          },
        },
        grantedToV2: identities,
        grantedToIdentitiesV2: { type: 'array', items: identities },
      },
    }),
  },
  {
    path: /^\/reports\/getSharePointSiteUsageDetail\(period='D(7|30|90|180)'\)$/,
    query: ['$format', '$top'],
    source:
      'https://learn.microsoft.com/graph/api/reportroot-getsharepointsiteusagedetail?view=graph-rest-beta; sharePointSiteUsageDetail in microsoftgraph/microsoft-graph-docs-contrib at 1ee50560',
    read: '2026-11-30',
    body: list({
      type: 'object',
      required: ['siteId', 'siteUrl', 'isDeleted', 'anonymousLinkCount', 'companyLinkCount'],
      properties: {
        reportRefreshDate: day,
        siteId: { type: 'string', format: 'uuid' },
        siteUrl: text,
        ownerDisplayName: text,
        ownerPrincipalName: text,
        isDeleted: { type: 'boolean' },
        lastActivityDate: day,
        fileCount: { type: 'integer' },
        anonymousLinkCount: { type: 'integer' },
        companyLinkCount: { type: 'integer' },
        secureLinkForGuestCount: { type: 'integer' },
        secureLinkForMemberCount: { type: 'integer' },
        rootWebTemplate: text,
        reportPeriod: text,
      },
    }),
  },
];
