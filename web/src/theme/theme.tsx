import type { MantineColorsTuple } from '@mantine/core';
import { Button, createTheme, rem } from '@mantine/core';
import { Icon } from '../ui/icon.tsx';
import { tokens } from './tokens.ts';

const light = tokens.neutral.light;
const dark = tokens.neutral.dark;

/** Mantine requires ten shades per color. */
function ten(colors: readonly string[]): MantineColorsTuple {
  const [a, b, c, d, e, f, g, h, i, j] = colors;
  return [a, b, c, d, e, f, g, h, i, j].map(String) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
}

/** Mantine uses `gray` in its light scheme and `dark` in its dark scheme; both are mapped to our neutral colors. */
const gray: MantineColorsTuple = [
  light[2],
  light[3],
  light[4],
  light[5],
  light[8],
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
  dark[8],
  dark[5],
  dark[1],
  dark[1],
  dark[1],
  dark[1],
];

/** Menus are rendered inside `main`, so that they are within a landmark. */
const INSIDE = { portalProps: { target: '#main' } };

/** A dialog's header must not be a banner landmark, and its close button needs a name. */
const FLOATS = {
  transitionProps: { duration: 0 },
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'none' } },
};

export const theme = createTheme({
  colors: { ink: ten(tokens.ink), gray, dark: night },
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
    Checkbox: { defaultProps: { size: 'xs', radius: 4 } },
    Radio: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    NativeSelect: {
      defaultProps: { rightSection: <Icon name="up-down" />, rightSectionPointerEvents: 'none' },
    },
    Menu: {
      defaultProps: {
        ...INSIDE,
        position: 'bottom-end',
        transitionProps: { duration: 0 },
        withInitialFocusPlaceholder: false,
      },
    },
    Combobox: { defaultProps: { ...INSIDE, transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { ...INSIDE, transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } },
    Modal: { defaultProps: { ...FLOATS, overlayProps: { backgroundOpacity: 0.4 }, radius: 8 } },
    Drawer: { defaultProps: FLOATS },
  },
});
