/**
 * Whether an id is one that Anthropic gives an account, by which it stays the same person when an address changes. Others
 * (of an installation, of another system) may be shared by many.
 */
export function isAccountId(id: string): boolean {
  return /^user_\w+$/.test(id) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
