import type * as Microsoft from '@microsoft/microsoft-graph-types';

/** Graph entities of which selected members are requested, in Microsoft's own types. */
interface Entities {
  device: Microsoft.ManagedDevice;
  group: Microsoft.Group;
  // v1.0 returns the creation time, which Microsoft's types have only for beta.
  servicePrincipal: Microsoft.ServicePrincipal & { readonly createdDateTime?: string };
  user: Microsoft.User;
}

/** `$select` of an entity. A name unknown to Microsoft's types does not compile. */
export function select<E extends keyof Entities>(
  _entity: E,
  ...names: readonly (keyof Entities[E] & string)[]
): { readonly $select: string } {
  return { $select: names.join(',') };
}
