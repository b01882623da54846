import type { Control, Scope } from '../model/catalogue.ts';

/** What a scope is called on the board of risks. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  account: 'Claude and sign-in',
  network: 'Managed networks',
  device: 'Managed devices',
  policy: 'Policy and people',
};

/** Where a control reaches, by what its file says or else by its area. */
export function scopeOf({ scope, area }: Pick<Control, 'scope' | 'area'>): Scope {
  return scope ?? (area === 'policy' || area === 'operations' ? 'policy' : 'account');
}
