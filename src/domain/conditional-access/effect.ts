import type { CaPolicyRow } from '../model/kinds.ts';
import type { Circumstances } from './what-if.ts';

/** What a policy makes of a sign-in to which it applies. */
export interface Effect {
  /**
   * free: it lets in without more · asked: it lets in once something is shown · blocked: nobody gets in · unknown: no
   * file says whether what it asks for is met.
   */
  readonly is: 'free' | 'asked' | 'blocked' | 'unknown';
  /** Controls that would let in, as Graph names them; several: see `operator`. */
  readonly controls: readonly string[];
  readonly operator: 'AND' | 'OR';
  /** Session controls, as Graph names them. */
  readonly session: readonly string[];
}

type Met = 'met' | 'asked' | 'impossible' | 'unknown';

/** Controls that a person can meet at the sign-in itself. */
const ASKED = new Set(['mfa', 'passwordchange', 'riskremediation']);

/** What a policy makes of a sign-in, by its grant and session controls. */
export function effectOf({ grant, session }: CaPolicyRow, { device }: Circumstances): Effect {
  const controls = [
    ...(grant?.controls ?? []),
    ...(grant?.authenticationStrength ? [`authenticationStrength:${grant.authenticationStrength}`] : []),
  ];
  const operator = grant?.operator ?? 'OR';
  const sessions = [
    ...(session.cloudAppSecurity ? [`cloudAppSecurity:${session.cloudAppSecurity}`] : []),
    ...(session.signInFrequency ? [`signInFrequency:${session.signInFrequency}`] : []),
    ...(session.others ?? []),
  ];
  const base = { controls, operator, session: sessions };
  if (controls.length === 0) return { ...base, is: 'free' };
  const met = controls.map((control) => metBy(control, device));
  return { ...base, is: operator === 'AND' ? combineRequired(met) : any(met) };
}

function metBy(control: string, device: Circumstances['device']): Met {
  const name = (control.split(':')[0] ?? '').toLowerCase();
  if (name === 'block') return 'impossible';
  if (name === 'compliantdevice')
    return device === 'compliant' ? 'met' : device === 'not_compliant' ? 'impossible' : 'unknown';
  if (ASKED.has(name) || name === 'authenticationstrength' || name === 'termsofuse') return 'asked';
  // Hybrid joined devices, approved apps and app protection: no file says whether they are there.
  return 'unknown';
}

function combineRequired(met: readonly Met[]): Effect['is'] {
  if (met.includes('impossible')) return 'blocked';
  if (met.includes('unknown')) return 'unknown';
  return met.includes('asked') ? 'asked' : 'free';
}

function any(met: readonly Met[]): Effect['is'] {
  if (met.includes('met')) return 'free';
  if (met.includes('asked')) return met.includes('unknown') ? 'unknown' : 'asked';
  return met.includes('unknown') ? 'unknown' : 'blocked';
}

/** What policies make of a sign-in together: those that surely apply, and those that may. */
export function combineEffects(certain: readonly Effect[], possible: readonly Effect[]): Effect['is'] {
  return combined(certain.reduce<Effect['is']>(worse, 'free'), possible.reduce<Effect['is']>(worse, 'free'));
}

/** {@link combineEffects}, of the worst that surely applies and the worst that may. */
export function combined(sure: Effect['is'], may: Effect['is']): Effect['is'] {
  if (sure === 'blocked') return 'blocked';
  if (sure === 'unknown') return 'unknown';
  return RANK[may] > RANK[sure] ? 'unknown' : sure;
}

const RANK: Readonly<Record<Effect['is'], number>> = { free: 0, asked: 1, unknown: 2, blocked: 3 };

/** What is worse: what came of others, or what a policy makes of the sign-in. */
export function worse(is: Effect['is'], effect: Effect): Effect['is'] {
  return RANK[effect.is] > RANK[is] ? effect.is : is;
}
