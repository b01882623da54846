import { type ComponentPropsWithRef, type CSSProperties, createElement } from 'react';
import classes from './layout.module.css';

type Space = 'none' | '2xs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl';
type Tag =
  | ('div' | 'section' | 'article' | 'header' | 'footer' | 'nav' | 'main' | 'form' | 'fieldset')
  | ('ul' | 'ol' | 'li' | 'dl' | 'dt' | 'dd' | 'p' | 'span');

/** The console's only distances between things: 2, 4, 8, 12, 16 and 24 px. */
const SPACES: Readonly<Record<Space, string>> = {
  none: '0',
  '2xs': '0.125rem',
  xs: '0.25rem',
  sm: '0.5rem',
  md: '0.75rem',
  lg: '1rem',
  xl: '1.5rem',
};

interface Common {
  gap?: Space;
  /** Room above, where what it stands in gives none. */
  above?: Space;
  /** Begins and ends at the page's gutter; `tall` also keeps away from what is above and below, as under a list. */
  inset?: boolean | 'tall';
}

interface StackProps extends Common {
  /** `start`: nothing is stretched to the full width. */
  align?: 'start';
  /** A line between two of them. */
  divided?: boolean;
  /** A line above, which sets a part of a card apart. */
  ruled?: boolean;
  /** Of a list: its bullets or numbers are shown. */
  bullets?: boolean;
}

interface RowProps extends Common {
  align?: 'start' | 'baseline' | 'end' | 'stretch';
  justify?: 'between' | 'center' | 'end';
  nowrap?: boolean;
  /** Stands within a line of text. */
  inline?: boolean;
}

interface ColumnsProps extends Common {
  /** How narrow a column may get, such as `16rem`; below it there is one column fewer. */
  min: string;
}

type Props<Own, As extends Tag> = Own & { as?: As } & Omit<ComponentPropsWithRef<As>, keyof Own | 'style'>;

/** One below the other. A list has no bullets unless told, and a paragraph without words takes no room. */
export function Stack<As extends Tag = 'div'>(props: Props<StackProps, As>) {
  const { align, divided, ruled, bullets, ...rest } = props as Props<StackProps, 'div'>;
  return draw(classes.stack, rest, 'md', {
    'data-align': align,
    'data-divided': divided,
    'data-ruled': ruled,
    'data-bullets': bullets,
  });
}

/** Beside each other, and on to the next line where there is no room. */
export function Row<As extends Tag = 'div'>(props: Props<RowProps, As>) {
  const { align, justify, nowrap, inline, ...rest } = props as Props<RowProps, 'div'>;
  return draw(classes.row, rest, 'sm', {
    'data-align': align,
    'data-justify': justify,
    'data-nowrap': nowrap,
    'data-inline': inline,
  });
}

/** Columns of the same width, as many as there is room for. */
export function Columns<As extends Tag = 'div'>(props: Props<ColumnsProps, As>) {
  const { min, ...rest } = props as Props<ColumnsProps, 'div'>;
  return draw(classes.columns, rest, 'md', {}, { '--min': min });
}

function draw(
  look: string | undefined,
  { as, gap, above, inset, className, ...rest }: Props<Common, 'div'>,
  usual: Space,
  data: Readonly<Record<`data-${string}`, string | boolean | undefined>>,
  more: Readonly<Record<`--${string}`, string>> = {},
) {
  const style = {
    '--gap': SPACES[gap ?? usual],
    ...(above !== undefined && { marginTop: SPACES[above] }),
    ...more,
  } as CSSProperties;
  const attributes = Object.fromEntries(Object.entries(data).filter(([, value]) => value));
  return createElement(as ?? 'div', {
    ...rest,
    ...attributes,
    ...(inset && { 'data-inset': inset }),
    className: className === undefined ? look : `${look} ${className}`,
    style,
  });
}
