import type * as Microsoft from '@microsoft/microsoft-graph-types';

/** Entities of Graph that are asked for in part, in Microsoft's own types. */
interface Entities {
  device: Microsoft.ManagedDevice;
  group: Microsoft.Group;
  // v1.0 answers when it was created, which Microsoft's types have for beta alone.
  servicePrincipal: Microsoft.ServicePrincipal & { readonly createdDateTime?: string };
  user: Microsoft.User;
}

/** A `$select` of an entity: a name that Microsoft's types do not have for it does not compile. */
export function select<E extends keyof Entities>(
  _entity: E,
  ...names: readonly (keyof Entities[E] & string)[]
): { readonly $select: string } {
  return { $select: names.join(',') };
}
