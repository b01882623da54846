import fc from 'fast-check';
import { type Charter, charterSchema } from '../../model/charter.ts';

/** Charters of every shape that the schema accepts, with names that resemble one another. */

const word = fc.constantFrom(
  'Alder',
  'alder',
  'Birch road',
  'BIRCH  ROAD',
  'x',
  'Zoë',
  '*',
  '<b>',
  'a.b',
  'a/b',
  'v #2',
);
const address = fc.constantFrom('a@alder.example', 'b@alder.example', 'c@alder.example');
const day = fc.constantFrom('2026-01-31', '2026-12-01', '2027-02-28');
const permission = fc.constantFrom('allow', 'ask', 'blocked');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const list = <T>(of: fc.Arbitrary<T>) => maybe(fc.array(of, { maxLength: 3 }));
const action = fc.constantFrom(
  'Delete item',
  'delete item',
  'Search',
  'read',
  'write / delete',
  '*',
  'mystery tool',
);

const connector = fc.record(
  {
    name: fc.constantFrom('SharePoint', 'sharepoint', 'Asana', 'iMIS', 'Own server', 'Microsoft 365'),
    kind: fc.constantFrom('directory', 'custom'),
    sensitivity: fc.constantFrom('low', 'high'),
    isAms: fc.boolean(),
    holdsMemberData: fc.boolean(),
    actions: fc.dictionary(action, permission, { maxKeys: 5 }),
    effects: fc.dictionary(action, fc.constantFrom('read', 'delete'), { maxKeys: 2 }),
    justifications: fc.dictionary(action, word, { maxKeys: 2 }),
    actionsClassified: day,
    url: fc.constantFrom('https://mcp.example.org/', 'https://ams.example.org/mcp'),
    securityReview: fc.record({ on: day, by: word, vendorContact: word }),
  },
  { requiredKeys: ['name', 'actions'] },
);

const exception = fc.record(
  {
    control: fc.constantFrom('CLA-ACC-07', 'CLA-ACC-08'),
    items: fc.array(word, { maxLength: 2 }),
    reason: word,
    owner: word,
    until: day,
  },
  { requiredKeys: ['control', 'reason', 'owner', 'until'] },
);

export const anyCharter: fc.Arbitrary<Charter> = fc
  .record({
    owners: list(address),
    admins: list(address),
    maxOwners: maybe(fc.integer({ min: 1, max: 5 })),
    maxOwnersReason: maybe(word),
    inviteDomains: list(word),
    ssoRequired: maybe(fc.boolean()),
    governanceOwner: maybe(fc.record({ name: word, email: address }, { requiredKeys: ['name'] })),
    connectors: list(connector),
    desktopExtensions: list(word),
    cowork: maybe(
      fc.record({
        enabled: fc.boolean(),
        runInCloud: fc.boolean(),
        automaticApproval: fc.boolean(),
        alwaysAllow: fc.boolean(),
      }),
    ),
    ams: maybe(
      fc.record(
        {
          name: word,
          methods: fc.array(fc.constantFrom('custom_mcp', 'none'), { minLength: 1, maxLength: 2 }),
          privateNetwork: fc.boolean(),
        },
        { requiredKeys: ['name', 'methods'] },
      ),
    ),
    entra: maybe(
      fc.record(
        {
          connectorScopes: fc.array(word, { maxLength: 2 }),
          emergencyAccess: fc.record({ groups: fc.array(word, { maxLength: 2 }) }),
          approvedExclusions: fc.array(fc.record({ id: word, reason: word, until: day }), { maxLength: 2 }),
          enableOn: fc.dictionary(word, day, { maxKeys: 2 }),
        },
        { requiredKeys: [] },
      ),
    ),
    network: maybe(fc.record({ tenantRestriction: fc.boolean() }, { requiredKeys: [] })),
    aiTools: list(
      fc.record(
        { tool: word, decision: fc.constantFrom('approved', 'forbidden'), reason: word, until: day },
        { requiredKeys: ['tool', 'decision', 'reason'] },
      ),
    ),
    contentAccess: maybe(fc.record({ allowed: fc.boolean() })),
    contentKept: maybe(
      fc.record({
        of: fc.uniqueArray(fc.constantFrom('messages', 'tool_input'), { minLength: 1 }),
        from: fc.uniqueArray(fc.constantFrom('cowork', 'claude_code', 'office_agents', 'chats'), {
          minLength: 1,
        }),
        purpose: word,
        days: fc.integer({ min: 1, max: 90 }),
        until: day,
        approvedBy: fc.array(word, { minLength: 1, maxLength: 2 }),
      }),
    ),
    reviewDays: maybe(fc.record({ monthly: fc.integer({ min: 1, max: 40 }) }, { requiredKeys: [] })),
    people: maybe(
      fc.record(
        {
          same: fc.array(fc.array(word, { minLength: 2, maxLength: 3 }), { maxLength: 2 }),
          shared: fc.array(address),
        },
        { requiredKeys: [] },
      ),
    ),
    exceptions: list(exception),
    invariantExceptions: list(fc.record({ connector: word, action, until: day, reason: word })),
  })
  .map((value) => charterSchema.parse(JSON.parse(JSON.stringify(value))));

/** The same charter with its lists and keys in another order, serialized and parsed again. */
export function reordered(charter: Charter): Charter {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn).reverse();
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, turn(inner)]),
    );
  };
  return charterSchema.parse(JSON.parse(JSON.stringify(turn(charter))));
}
