import { type GraphAsked, type GraphReply, graphError } from './graph.ts';
import type { Tenant } from './tenant.ts';

/** Path at which an application submits a person's content for evaluation. */
export const PROCESS_CONTENT = /^\/users\/([^/]+)\/dataSecurityAndGovernance\/processContent$/;

/** State of Purview in a tenant. */
export interface Purview {
  /** Application id that a data loss prevention policy names as its location; null: there is no such policy. */
  location: string | null;
  /** Texts to which the policy applies. */
  blocks: string[];
  /** The policy's action on these texts; only `block` refuses them. */
  action: 'block' | 'warn' | 'audit';
  /** `no_billing`: pay-as-you-go is not set up. `no_plan`: the tenant has no service plan for it. */
  licensed: 'yes' | 'no_billing' | 'no_plan';
  /** Purview cannot evaluate the content, so what the policy would decide is unknown. */
  fails: boolean;
}

export const purviewOf = (location: string | null): Purview => ({
  location,
  blocks: ['Project Nightjar'],
  action: 'block',
  licensed: 'yes',
  fails: false,
});

interface Sent {
  readonly contentToProcess?: {
    readonly contentEntries?: readonly { readonly content?: { readonly data?: string } }[];
    readonly protectedAppMetadata?: { readonly applicationLocation?: { readonly value?: string } };
  };
}

/** userDataSecurityAndGovernance: processContent, for text content only. */
export function processed(tenant: Tenant, purview: Purview, { path, body }: GraphAsked): GraphReply {
  if (purview.licensed === 'no_billing')
    return graphError(402, 'PaymentRequired', 'The tenant has no billing for this.');
  if (purview.licensed === 'no_plan')
    return {
      status: 403,
      body: {
        error: {
          code: 'Unauthorized',
          message: 'Authorization is failed with code: InsufficientServicePlans.',
          details: [],
          innerError: {
            diagnosticInfo: { servicePlanIds: null, errorCode: 'InsufficientServicePlans' },
          },
        },
      },
    };
  const [, user] = PROCESS_CONTENT.exec(path) ?? [];
  // Only the account's id identifies a user here; an address does not.
  if (!tenant.users.some(({ id }) => id === user))
    return graphError(404, 'Request_ResourceNotFound', `Resource '${user}' does not exist.`);
  const { contentEntries = [], protectedAppMetadata } = (body as Sent | null)?.contentToProcess ?? {};
  const isNamed =
    purview.location !== null && protectedAppMetadata?.applicationLocation?.value === purview.location;
  const isHit = contentEntries.some(({ content }) =>
    purview.blocks.some((one) => content?.data?.includes(one)),
  );
  return {
    status: 200,
    body: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.processContentResponse',
      protectionScopeState: 'notModified',
      policyActions:
        isNamed && isHit && !purview.fails
          ? [
              {
                '@odata.type': '#microsoft.graph.restrictAccessAction',
                action: 'restrictAccess',
                restrictionAction: purview.action,
              },
            ]
          : [],
      processingErrors: purview.fails
        ? [{ code: 'ClassificationFailed', message: 'A fault.', target: null, errorType: 'transient' }]
        : [],
    },
  };
}
