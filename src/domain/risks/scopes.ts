import type { Control, Scope } from '../model/catalogue.ts';

/** Where a control reaches, by what its file says or else by its area. */
export function scopeOf({ scope, area }: Pick<Control, 'scope' | 'area'>): Scope {
  return scope ?? (area === 'policy' || area === 'operations' ? 'policy' : 'account');
}
// Guide: G4.1-08
