import type { MantineColorsTuple } from '@mantine/core';
import { Button, Checkbox, createTheme, Menu, Modal, rem, SegmentedControl, Tooltip } from '@mantine/core';
import { tokens } from './tokens.ts';

const light = tokens.neutral.light;
const dark = tokens.neutral.dark;

const [i0, i1, i2, i3, i4, i5, i6, i7, i8, i9] = tokens.ink;
const ink = [i0, i1, i2, i3, i4, i5, i6, i7, i8, i9].map(String) as unknown as MantineColorsTuple;

/** Mantine draws its light scheme from `gray` and its dark scheme from `dark`: both become our neutrals. */
const gray: MantineColorsTuple = [
  light[2],
  light[3],
  light[4],
  light[5],
  light[7],
  light[8],
  light[10],
  light[11],
  light[11],
  light[12],
];
const night: MantineColorsTuple = [
  dark[12],
  dark[11],
  dark[10],
  dark[9],
  dark[6],
  dark[5],
  dark[3],
  dark[1],
  dark[1],
  dark[1],
];

export const theme = createTheme({
  colors: { ink, gray, dark: night },
  primaryColor: 'ink',
  autoContrast: true,
  fontFamily: tokens.fontFamily.text,
  fontFamilyMonospace: tokens.fontFamily.mono,
  defaultRadius: 6,
  respectReducedMotion: true,
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': props.size === 'xs' ? '28px' : '32px',
          '--button-fz': '13px',
          '--button-padding-x': props.size === 'xs' ? '10px' : '12px',
          ...(props.variant === 'filled' && { '--button-bg': 'var(--n12)', '--button-color': 'var(--n1)' }),
          ...(props.variant === 'filled' && { '--button-hover': 'var(--n11)' }),
          ...((props.variant ?? 'default') === 'default' && { '--button-bd': '1px solid var(--n6)' }),
        },
      }),
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 4 } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { position: 'bottom-end', transitionProps: { duration: 0 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
  },
});
