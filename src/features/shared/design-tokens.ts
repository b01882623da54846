import type { State } from '#domain/model/verdict.ts';

/** The console's design tokens as far as reports need them. Tests compute their contrast. */
export interface Scheme {
  /** Neutrals 1 (page) to 12 (text). */
  readonly n: readonly string[];
  readonly focus: string;
  readonly verdict: Readonly<
    Record<State, { readonly text: string; readonly shape: string; readonly tint: string }>
  >;
}

const tone = (text: string, shape: string, tint: string) => ({ text, shape, tint });

export const LIGHT: Scheme = {
  n: [
    '#FFFFFF',
    '#FAFAFB',
    '#F4F5F7',
    '#ECEEF1',
    '#E3E6EA',
    '#D9DCE2',
    '#C5C9D1',
    '#8A909B',
    '#727884',
    '#5F6571',
    '#40454F',
    '#15171C',
  ],
  focus: '#2B5CE6',
  verdict: {
    fail: tone('#B3261E', '#CF3A2F', '#FDECEA'),
    cannot_read: tone('#954800', '#C66A10', '#FDF1E2'),
    pending: tone('#1B5FA8', '#2F7BCB', '#E9F2FC'),
    accepted: tone('#6B3FB0', '#8258C9', '#F2ECFB'),
    policy_only: tone('#6F5232', '#8C6A45', '#F6EFE6'),
    not_licensed: tone('#4C5462', '#666E7D', '#ECEFF3'),
    not_applicable: tone('#5F6571', '#7F8591', '#F4F5F7'),
    pass: tone('#176B3F', '#1F8A52', '#E8F5EC'),
  },
};

export const DARK: Scheme = {
  n: [
    '#0F1013',
    '#141519',
    '#1A1C21',
    '#212429',
    '#292C33',
    '#32363E',
    '#434852',
    '#757C89',
    '#8B929E',
    '#A0A7B2',
    '#C3C8D0',
    '#F2F3F5',
  ],
  focus: '#84A6FF',
  verdict: {
    fail: tone('#FF9D92', '#F0655A', '#321816'),
    cannot_read: tone('#F5B26B', '#E08A2E', '#33230F'),
    pending: tone('#8FC2F5', '#4F9BE8', '#14253A'),
    accepted: tone('#C6ABF3', '#A27FE6', '#251C39'),
    policy_only: tone('#D9B890', '#B78F60', '#2A2118'),
    not_licensed: tone('#B3BAC6', '#8A92A0', '#24272D'),
    not_applicable: tone('#A6ACB7', '#7F8693', '#1C1E23'),
    pass: tone('#74D09B', '#3FB573', '#13271C'),
  },
};
