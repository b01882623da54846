import type { CSSVariablesResolver } from '@mantine/core';
import { type Scheme, tokens, VERDICT_ORDER } from './tokens.ts';

type Variables = Record<`--${string}`, string>;

/** Colors of one scheme: neutrals `--n1…12`, verdict text `--v-*`, symbol `--vs-*`, tint `--vt-*`, effects `--e-*`. */
export function schemeVariables(scheme: Scheme): Variables {
  const variables: Variables = { '--focus': tokens.focus[scheme] };
  for (const [step, color] of Object.entries(tokens.neutral[scheme])) variables[`--n${step}`] = color;
  for (const state of VERDICT_ORDER) {
    const { text, shape, tint } = tokens.verdict[state][scheme];
    variables[`--v-${state}`] = text;
    variables[`--vs-${state}`] = shape;
    variables[`--vt-${state}`] = tint;
  }
  for (const [effect, color] of Object.entries(tokens.effect)) variables[`--e-${effect}`] = color[scheme];
  return variables;
}

/** Maps the variables of Mantine's components to our scales, so that both schemes are defined in one table. */
const MANTINE: Variables = {
  '--mantine-color-body': 'var(--n1)',
  '--mantine-color-text': 'var(--n12)',
  '--mantine-color-bright': 'var(--n12)',
  '--mantine-color-dimmed': 'var(--n10)',
  '--mantine-color-placeholder': 'var(--n10)',
  '--mantine-color-anchor': 'var(--n12)',
  '--mantine-color-error': 'var(--v-fail)',
  '--mantine-color-default': 'var(--n1)',
  '--mantine-color-default-hover': 'var(--n2)',
  '--mantine-color-default-color': 'var(--n12)',
  '--mantine-color-default-border': 'var(--n8)',
  '--mantine-color-disabled': 'var(--n3)',
  '--mantine-color-disabled-color': 'var(--n10)',
  '--mantine-color-disabled-border': 'var(--n6)',
  '--mantine-primary-color-filled': 'var(--n12)',
  '--mantine-primary-color-filled-hover': 'var(--n11)',
  '--mantine-primary-color-contrast': 'var(--n1)',
  '--mantine-primary-color-light': 'var(--n3)',
  '--mantine-primary-color-light-hover': 'var(--n4)',
  '--mantine-primary-color-light-color': 'var(--n12)',
  '--mantine-color-ink-filled': 'var(--n12)',
  '--mantine-color-ink-filled-hover': 'var(--n11)',
  '--mantine-color-ink-outline': 'var(--n12)',
  '--mantine-color-ink-outline-hover': 'var(--n2)',
  '--mantine-color-ink-light': 'var(--n3)',
  '--mantine-color-ink-light-hover': 'var(--n4)',
  '--mantine-color-ink-light-color': 'var(--n12)',
};

/** Sizes and durations, which are the same in both schemes. */
const SIZES: Variables = {
  '--sidebar': `${tokens.size.sidebar / 16}rem`,
  '--topbar': `${tokens.size.topbar / 16}rem`,
  '--panel': `${tokens.size.panel / 16}rem`,
  '--row': `${tokens.size.row / 16}rem`,
  '--row-two': `${tokens.size.rowTwoLine / 16}rem`,
  '--touch': `${tokens.size.controlTouch / 16}rem`,
  '--reading': `${tokens.size.readingWidth / 16}rem`,
  '--shadow-low': tokens.shadow['1'],
  '--shadow-high': tokens.shadow['2'],
  '--fast': tokens.motion.fast,
  '--slide': tokens.motion.panel,
  '--ease': tokens.motion.ease,
  '--radius-card': `${tokens.radius['3'] / 16}rem`,
  '--radius-control': `${tokens.radius['2'] / 16}rem`,
  '--radius-small': `${tokens.radius['1'] / 16}rem`,
};

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: SIZES,
  light: { ...schemeVariables('light'), ...MANTINE },
  dark: { ...schemeVariables('dark'), ...MANTINE },
});
