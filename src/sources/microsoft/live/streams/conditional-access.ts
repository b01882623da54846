import { listStream, savedList } from '../list-stream.ts';

const CONDITIONAL_ACCESS = '/identity/conditionalAccess';

export const conditionalAccess = listStream({
  id: 'policies',
  title: 'Conditional Access policies',
  kind: 'ca_policies',
  scope: 'Policy.Read.All',
  read: async ({ client: { graph } }) => [await savedList(graph, `${CONDITIONAL_ACCESS}/policies`)],
});

export const namedLocations = listStream({
  id: 'locations',
  title: 'Named locations',
  kind: 'named_locations',
  scope: 'Policy.Read.All',
  read: async ({ client: { graph } }) => [await savedList(graph, `${CONDITIONAL_ACCESS}/namedLocations`)],
});

const DEFAULTS = 'policies/identitySecurityDefaultsEnforcementPolicy';

export const securityDefaults = listStream({
  id: 'security_defaults',
  title: 'Security defaults',
  kind: 'security_defaults',
  scope: 'Policy.Read.All',
  read: async ({ client: { graph } }) => {
    const answer = await graph.get(`/${DEFAULTS}`);
    const context = `https://graph.microsoft.com/v1.0/$metadata#${DEFAULTS}/$entity`;
    return [{ '@odata.context': context, ...answer }];
  },
});
