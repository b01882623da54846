/**
 * Whether an id is Anthropic's id of an account, which stays the same when the address changes. Other ids (of an
 * installation, or from another system) may be shared by many people.
 */
export function isAccountId(id: string): boolean {
  return /^user_\w+$/.test(id) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
