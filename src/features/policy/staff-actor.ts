/** How a staff member without an account here proved that an address is theirs. */
export type StaffProof = 'mail_link' | 'sign_in';

/** What a link notes of it. */
export function staffProof(method: string): StaffProof {
  return method === 'sign_in' ? 'sign_in' : 'mail_link';
}

/** How the record of what somebody of the staff did names them; `name` as they wrote it, left out: they wrote none. */
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
