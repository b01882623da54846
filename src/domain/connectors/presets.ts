import type { Permission } from '../model/rows-exports.ts';
import type { MatrixRow } from './row.ts';

export const PRESETS = ['baseline', 'read_only', 'blocked'] as const;
export type Preset = (typeof PRESETS)[number];

export const PRESET_WORDS: Readonly<Record<Preset, { readonly name: string; readonly says: string }>> = {
  baseline: {
    name: 'The guide’s baseline',
    says: 'Each action as the guide’s table has it; what the table does not name by the guide’s rule for its effect, or left open for you to decide.',
  },
  read_only: {
    name: 'Read only',
    says: 'Reads as the baseline has them, everything else Blocked. For membership systems and whatever else Claude may only look at.',
  },
  blocked: { name: 'Everything blocked', says: 'No action is open until someone opens it.' },
};

/** Whether a preset leaves a row undecided: the guide's table has the system but not the action. */
export function leavesOpen(preset: Preset, row: Pick<MatrixRow, 'baselineFrom'>): boolean {
  return preset === 'baseline' && row.baselineFrom === 'undecided';
}

/** The permission that a preset gives a row, never looser than the baseline. */
export function presetPermission(
  preset: Preset,
  row: Pick<MatrixRow, 'kind' | 'effect' | 'baseline'>,
): Permission {
  if (preset === 'blocked') return 'blocked';
  // Unlisted tools start blocked, because no one has reviewed what they do.
  if (row.kind === 'rest') return 'blocked';
  if (preset === 'read_only' && row.effect !== 'read') return 'blocked';
  return row.baseline;
}
// Guide: G2.2-24 G2.2-25 G2.2-29
