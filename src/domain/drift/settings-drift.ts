import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { CheckContext } from '../model/rule.ts';
import type { Causes } from './cause.ts';
import type { Found, Status, Unread } from './types.ts';

export interface SettingsInput {
  readonly context: CheckContext;
  readonly charter: Charter;
  readonly causes: Causes;
  /** The control that uses a rule. */
  readonly controlOf: (rule: string, setting?: string) => Control | undefined;
  /** Whether that control currently fails, so that an exception could accept the deviation. */
  readonly fails: (control: Control | undefined) => boolean;
}

export interface SettingsOut {
  readonly deviations: Found[];
  readonly unread: Unread[];
  same: number;
  readonly status: Map<string, Status>;
}

/** Adds a deviation and the matching status. */
export function addDeviation(out: SettingsOut, deviation: Found): void {
  out.deviations.push(deviation);
  out.status.set(deviation.key, {
    how: 'departs',
    words: deviation.words,
    evidence: deviation.evidence[0] ?? null,
    at: null,
  });
}
