import type { AnyRule } from '../registry.ts';

export const rules: readonly AnyRule[] = [];
