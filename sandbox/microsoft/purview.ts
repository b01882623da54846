import { type GraphAsked, type GraphReply, graphError } from './graph.ts';
import type { Tenant } from './tenant.ts';

/** Where an application asks about content of a person. */
export const PROCESS_CONTENT = /^\/users\/([^/]+)\/dataSecurityAndGovernance\/processContent$/;

/** What Purview does in a tenant. */
export interface Purview {
  /** The application that a policy of data loss prevention names as its location; null: there is no such policy. */
  location: string | null;
  /** Texts that the policy blocks. */
  blocks: string[];
  /** What the policy does with them; only `block` refuses. */
  action: 'block' | 'warn' | 'audit';
  /** `no_billing`: pay-as-you-go is not set up. `no_plan`: the tenant has no service plan for it. */
  licensed: 'yes' | 'no_billing' | 'no_plan';
  /** It could not be evaluated, and nobody knows what the policy would say. */
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

/** userDataSecurityAndGovernance: processContent, as far as texts go. */
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
  // An address is none: only the id of the account is taken.
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
