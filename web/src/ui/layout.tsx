import { type ComponentPropsWithRef, type CSSProperties, createElement } from 'react';
import classes from './layout.module.css';

type Space = 'none' | '2xs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl';
type Tag =
  | ('div' | 'section' | 'article' | 'header' | 'footer' | 'nav' | 'main' | 'form' | 'fieldset')
  | ('ul' | 'ol' | 'li' | 'dl' | 'dt' | 'dd' | 'p' | 'span');

/** The console's only spacing values: 2, 4, 8, 12, 16 and 24 px. */
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
  /** Margin above, if the container has none. */
  above?: Space;
  /** Uses the page's gutter; `tall` also adds space above and below, as under a list. */
  inset?: boolean | 'tall';
}

interface StackProps extends Common {
  /** `start`: children are not stretched. */
  align?: 'start';
  /** Divider between children. */
  divided?: boolean;
  /** Border at the top, to separate a part of a card. */
  ruled?: boolean;
  /** For a list: shows its bullets or numbers. */
  bullets?: boolean;
}

interface RowProps extends Common {
  align?: 'start' | 'baseline' | 'end' | 'stretch';
  justify?: 'between' | 'center' | 'end';
  nowrap?: boolean;
  /** Inline within text. */
  inline?: boolean;
}

interface ColumnsProps extends Common {
  /** Minimum column width, such as `16rem`; below it there is one column less. */
  min: string;
}

type Props<Own, As extends Tag> = Own & { as?: As } & Omit<ComponentPropsWithRef<As>, keyof Own | 'style'>;

/** Stacks children vertically. Lists have no bullets by default, and empty paragraphs take no space. */
export function Stack<As extends Tag = 'div'>(props: Props<StackProps, As>) {
  const { align, divided, ruled, bullets, ...rest } = props as Props<StackProps, 'div'>;
  return draw(classes.stack, rest, 'md', {
    'data-align': align,
    'data-divided': divided,
    'data-ruled': ruled,
    'data-bullets': bullets,
  });
}

/** Places children side by side, wrapping if necessary. */
export function Row<As extends Tag = 'div'>(props: Props<RowProps, As>) {
  const { align, justify, nowrap, inline, ...rest } = props as Props<RowProps, 'div'>;
  return draw(classes.row, rest, 'sm', {
    'data-align': align,
    'data-justify': justify,
    'data-nowrap': nowrap,
    'data-inline': inline,
  });
}

/** As many columns of equal width as fit. */
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
