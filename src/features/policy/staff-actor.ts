/** How a staff member without an account here verified that an address is theirs. */
export type StaffProof = 'mail_link' | 'sign_in';

/** The method as stored with a link. */
export function staffProof(method: string): StaffProof {
  return method === 'sign_in' ? 'sign_in' : 'mail_link';
}

/** The actor of a staff member in the audit log; `name` is as they entered it, omitted if they entered none. */
export function staffActor({
  name,
  address,
  method,
}: {
  readonly name?: string;
  readonly address: string;
  readonly method: StaffProof;
}) {
  const how = method === 'sign_in' ? 'a sign-in at Entra' : 'a link';
  const by =
    name === undefined
      ? `${address}, by ${how}`
      : `${name}, by ${how} ${method === 'sign_in' ? 'as' : 'to'} ${address}`;
  return { kind: 'system' as const, id: null, name: by };
}
