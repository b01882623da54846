import type { Control, Scope } from '../model/catalogue.ts';

/** Scope of a control, from its file, else from its area. */
export function scopeOf({ scope, area }: Pick<Control, 'scope' | 'area'>): Scope {
  return scope ?? (area === 'policy' || area === 'operations' ? 'policy' : 'account');
}
// Guide: G4.1-08
