import type { AnySchema } from 'ajv/dist/2020.js';

/** An endpoint that Microsoft's pages document and the copy of its OpenAPI contract lacks. */
interface Documented {
  /** Left out: GET. */
  readonly method?: string;
  readonly path: RegExp;
  readonly query: readonly string[];
  /** URLs of the documentation; `read` is the day on which it was read. */
  readonly source: string;
  readonly read: string;
  readonly body: AnySchema;
  /** Schema of the request body; left out: no body. */
  readonly sends?: AnySchema;
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
    path: /^\/groups\/[^/]+\/transitiveMembers(\/microsoft\.graph\.user)?$/,
    query: ['$select', '$filter', '$top', '$orderby', '$search', '$count'],
    source: 'https://learn.microsoft.com/graph/api/group-list-transitivemembers',
    read: '2026-12-01',
    body: list({ type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } }),
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
    // A function without parameters. The contract's path for a single site would match it as a site id.
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
  {
    method: 'POST',
    path: /^\/users\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/dataSecurityAndGovernance\/processContent$/,
    query: [],
    source:
      'https://learn.microsoft.com/graph/api/userdatasecurityandgovernance-processcontent; processContentRequest, processConversationMetadata, processContentResponse and restrictAccessAction in microsoftgraph/microsoft-graph-docs-contrib at 04a4bdd6',
    read: '2026-11-30',
    sends: {
      type: 'object',
      additionalProperties: false,
      required: ['contentToProcess'],
      properties: {
        contentToProcess: {
          type: 'object',
          additionalProperties: false,
          required: [
            'activityMetadata',
            'contentEntries',
            'deviceMetadata',
            'integratedAppMetadata',
            'protectedAppMetadata',
          ],
          properties: {
            contentEntries: {
              type: 'array',
              minItems: 1,
              items: {
                type: 'object',
                additionalProperties: false,
                required: [
                  '@odata.type',
                  'identifier',
                  'content',
                  'name',
                  'isTruncated',
                  'createdDateTime',
                  'modifiedDateTime',
                  'sequenceNumber',
                ],
                properties: {
                  '@odata.type': { pattern: '^#?microsoft\\.graph\\.processConversationMetadata$' },
                  identifier: { type: 'string', minLength: 1 },
                  content: {
                    type: 'object',
                    additionalProperties: false,
                    required: ['@odata.type', 'data'],
                    properties: {
                      '@odata.type': { pattern: '^#?microsoft\\.graph\\.textContent$' },
                      data: { type: 'string' },
                    },
                  },
                  name: { type: 'string', minLength: 1 },
                  correlationId: { type: 'string', format: 'uuid' },
                  sequenceNumber: { type: 'integer' },
                  length: { type: 'integer' },
                  isTruncated: { type: 'boolean' },
                  createdDateTime: { type: 'string', format: 'date-time' },
                  modifiedDateTime: { type: 'string', format: 'date-time' },
                },
              },
            },
            activityMetadata: {
              type: 'object',
              additionalProperties: false,
              required: ['activity'],
              properties: {
                activity: { enum: ['uploadText', 'uploadFile', 'downloadText', 'downloadFile'] },
              },
            },
            deviceMetadata: {
              type: 'object',
              additionalProperties: false,
              properties: {
                deviceType: text,
                ipAddress: text,
                operatingSystemSpecifications: {
                  type: 'object',
                  additionalProperties: false,
                  properties: { operatingSystemPlatform: text, operatingSystemVersion: text },
                },
              },
            },
            protectedAppMetadata: {
              type: 'object',
              additionalProperties: false,
              required: ['applicationLocation'],
              properties: {
                name: text,
                version: text,
                applicationLocation: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['@odata.type', 'value'],
                  properties: {
                    '@odata.type': {
                      pattern: '^#?microsoft\\.graph\\.policyLocation(Application|Domain|Url)$',
                    },
                    value: { type: 'string', minLength: 1 },
                  },
                },
              },
            },
            integratedAppMetadata: {
              type: 'object',
              additionalProperties: false,
              properties: { name: text, version: text },
            },
          },
        },
      },
    },
    body: {
      type: 'object',
      required: ['@odata.context', 'protectionScopeState', 'policyActions', 'processingErrors'],
      properties: {
        '@odata.context': { type: 'string' },
        protectionScopeState: { enum: ['modified', 'notModified'] },
        policyActions: {
          type: 'array',
          items: {
            type: 'object',
            required: ['@odata.type', 'action', 'restrictionAction'],
            properties: {
              '@odata.type': { const: '#microsoft.graph.restrictAccessAction' },
              action: { const: 'restrictAccess' },
              restrictionAction: { enum: ['warn', 'audit', 'block'] },
            },
          },
        },
        processingErrors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['code', 'message', 'errorType'],
            properties: {
              code: text,
              message: text,
              target: text,
              errorType: { enum: ['transient', 'permanent', 'unknownFutureValue'] },
            },
          },
        },
      },
    },
  },
];
