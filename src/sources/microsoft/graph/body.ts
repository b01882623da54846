import type * as Microsoft from '@microsoft/microsoft-graph-types';

/** Request bodies for Graph, in Microsoft's own types. */
interface Bodies {
  alert: Microsoft.SecurityNamespace.Alert;
  conditionalAccessPolicy: Microsoft.ConditionalAccessPolicy;
  ipNamedLocation: Omit<Microsoft.IpNamedLocation, 'ipRanges'> & { ipRanges?: Microsoft.IPv4CidrRange[] };
  oAuth2PermissionGrant: Microsoft.OAuth2PermissionGrant;
  /** Of the action `processContent`, with a prompt as its only entry. */
  processContent: {
    contentToProcess: Omit<Microsoft.ProcessContentRequest, 'contentEntries'> & {
      contentEntries: (Omit<Microsoft.ProcessConversationMetadata, 'content'> & {
        content: Microsoft.TextContent;
      })[];
    };
  };
  servicePrincipal: Microsoft.ServicePrincipal;
  user: Microsoft.User;
  /** Of the action `runHuntingQuery`, for which Microsoft has no type. */
  huntingQuery: { Query: string; Timespan?: string };
  /** Of the action `revokeSignInSessions`, which has no parameters. */
  revokeSignInSessions: Record<never, never>;
  /** Of the action `evaluate`, for which Microsoft has no type. */
  whatIf: {
    signInIdentity: Microsoft.UserSignIn;
    signInContext: Microsoft.ApplicationContext;
    signInConditions: Microsoft.SignInConditions;
    appliedPoliciesOnly: boolean;
  };
}

/** A subset of the members, each of Microsoft's type. */
type Part<T> = T extends readonly (infer Item)[]
  ? readonly Part<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Part<T[Name]> }
    : T;

/** Becomes `never` if a member, at any depth, is unknown to Microsoft's type. */
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

/**
 * Returns the body unchanged. A member that Microsoft's types do not have, or that has another type, does not compile.
 */
export function body<E extends keyof Bodies, Given extends Part<Bodies[E]>>(
  _entity: E,
  given: Given & Known<Given, Bodies[E]>,
): Given {
  return given;
}
