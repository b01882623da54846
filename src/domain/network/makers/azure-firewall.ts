import { comments, type Maker } from './maker.ts';

/**
 * An application rule for Azure Resource Manager. Needs no escaping, because headers and hosts cannot contain quotes.
 */
export const azureFirewall: Maker = {
  bicep: (input) => `${comments(input, '//')}// The policy is of the tier Premium, with TLS inspection set up.
@description('Name of the firewall policy')
param policyName string

@description('Addresses of the networks that the rule is for, such as 10.0.0.0/16')
param sourceAddresses string[]

@description('Lower than that of every other group that lets Claude through')
param priority int = 100

resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' existing = {
  name: policyName
}

resource claude 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  parent: policy
  name: 'claude-our-organization'
  properties: {
    priority: priority
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'claude'
        priority: 100
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'ApplicationRule'
            name: 'claude'
            sourceAddresses: sourceAddresses
            protocols: [{ protocolType: 'Https', port: 443 }]
            targetFqdns: [${input.restriction.hosts.map((host) => `'${host}'`).join(', ')}]
            terminateTLS: true
            httpHeadersToInsert: [
${input.headers.map(({ name, value }) => `              { headerName: '${name}', headerValue: '${value}' }`).join('\n')}
            ]
          }
        ]
      }
    ]
  }
}
`,
};
