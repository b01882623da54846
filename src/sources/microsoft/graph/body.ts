import type * as Microsoft from '@microsoft/microsoft-graph-types';

/** What is sent to Graph, in Microsoft's own types. */
interface Bodies {
  alert: Microsoft.SecurityNamespace.Alert;
  conditionalAccessPolicy: Microsoft.ConditionalAccessPolicy;
  ipNamedLocation: Omit<Microsoft.IpNamedLocation, 'ipRanges'> & { ipRanges?: Microsoft.IPv4CidrRange[] };
  oAuth2PermissionGrant: Microsoft.OAuth2PermissionGrant;
  /** Of the action `processContent`, with a prompt as the one entry. */
  processContent: {
    contentToProcess: Omit<Microsoft.ProcessContentRequest, 'contentEntries'> & {
      contentEntries: (Omit<Microsoft.ProcessConversationMetadata, 'content'> & {
        content: Microsoft.TextContent;
      })[];
    };
  };
  servicePrincipal: Microsoft.ServicePrincipal;
  user: Microsoft.User;
  /** Of the action `runHuntingQuery`, which Microsoft's types do not have as one. */
  huntingQuery: { Query: string; Timespan?: string };
  /** Of the action `revokeSignInSessions`, which takes nothing. */
  revokeSignInSessions: Record<never, never>;
  /** Of the action `evaluate`, which Microsoft's types do not have as one. */
  whatIf: {
    signInIdentity: Microsoft.UserSignIn;
    signInContext: Microsoft.ApplicationContext;
    signInConditions: Microsoft.SignInConditions;
    appliedPoliciesOnly: boolean;
  };
}

/** The members that are sent, each of Microsoft's type. */
type Part<T> = T extends readonly (infer Item)[]
  ? readonly Part<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Part<T[Name]> }
    : T;

/** Never where a member has a name that Microsoft's type does not have, at any depth. */
type Known<Given, T> = Given extends readonly (infer Item)[]
  ? T extends readonly (infer Of)[]
    ? readonly Known<Item, Of>[]
    : Given
  : Given extends object
    ? {
        readonly [Name in keyof Given]: Name extends keyof T
          ? Known<Given[Name], NonNullable<T[Name]>>
          : Name extends `@odata.${string}`
            ? Given[Name]
            : never;
      }
    : Given;

/** A body as it is: a member that Microsoft's types do not have, or have otherwise, does not compile. */
export function body<E extends keyof Bodies, Given extends Part<Bodies[E]>>(
  _entity: E,
  given: Given & Known<Given, Bodies[E]>,
): Given {
  return given;
}
