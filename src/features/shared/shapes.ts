import type { Severity, State } from '#domain/model/verdict.ts';

/**
 * The icons of states and the four severity bars on a 16 by 16 grid, as data, so that HTML (colored by style sheets)
 * and PDF (colors inside the image) draw the same.
 */
export interface Stroke {
  readonly d: string;
  /** `shape`: the state's color. `mark`: the sign on it, in the paper's color. `faint`: an unlit bar. */
  readonly ink: 'shape' | 'mark' | 'faint';
  /** Stroke width; left out: the path is filled. */
  readonly line?: number;
}

const disc = (r: number) => `M${8 - r} 8a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

export const STATE_SHAPES: Readonly<Record<State, readonly Stroke[]>> = {
  fail: [
    { d: 'M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z', ink: 'shape' },
    { d: 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8', ink: 'mark', line: 1.7 },
  ],
  cannot_read: [
    { d: 'M8 1.9L14.8 13.9H1.2z', ink: 'shape' },
    { d: 'M8 1.9L14.8 13.9H1.2z', ink: 'shape', line: 1.6 },
    { d: 'M6.3 6.9c0-1 .8-1.6 1.7-1.6s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.5', ink: 'mark', line: 1.4 },
    { d: 'M8 11.9v.1', ink: 'mark', line: 1.7 },
  ],
  pending: [
    { d: disc(6.4), ink: 'shape', line: 1.6 },
    { d: 'M8 3.6a4.4 4.4 0 0 1 0 8.8z', ink: 'shape' },
  ],
  accepted: [
    { d: 'M3.2 1h9.6v14L8 11.8 3.2 15z', ink: 'shape' },
    { d: 'M5.5 6.3l1.8 1.8 3.2-3.5', ink: 'mark', line: 1.5 },
  ],
  policy_only: [
    { d: 'M3 1h6.3L13 4.7V15H3z', ink: 'shape' },
    { d: 'M9.2 1v3.8H13', ink: 'mark', line: 1.1 },
    { d: 'M5.2 8h5.6M5.2 11h5.6', ink: 'mark', line: 1.3 },
  ],
  not_licensed: [
    { d: 'M3.4 7h9.2q.9 0 .9.9v6q0 .9-.9.9H3.4q-.9 0-.9-.9v-6q0-.9.9-.9z', ink: 'shape' },
    { d: 'M5 7.4V4.6a3 3 0 0 1 6 0v2.8', ink: 'shape', line: 1.7 },
    { d: 'M8 10v1.8', ink: 'mark', line: 1.7 },
  ],
  not_applicable: [
    { d: disc(6.6), ink: 'shape', line: 1.4 },
    { d: 'M5.2 8h5.6', ink: 'shape', line: 1.5 },
  ],
  pass: [
    { d: disc(7.2), ink: 'shape' },
    { d: 'M4.7 8.3l2.2 2.2 4.3-4.7', ink: 'mark', line: 1.7 },
  ],
};

const LIT: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };

/** Four rising bars, of which as many are lit as the severity requires. */
export function severityShape(severity: Severity): readonly Stroke[] {
  return [1, 2, 3, 4].map((bar) => {
    const height = 1.5 + bar * 3;
    return {
      d: `M${bar * 3.8 - 2.8} ${14.5 - height}h2.6v${height}h-2.6z`,
      ink: bar <= LIT[severity] ? 'shape' : 'faint',
    };
  });
}

/** Renders strokes as SVG paths; `paint` returns the color attributes of each. */
export function svgPaths(strokes: readonly Stroke[], paint: (stroke: Stroke) => string): string {
  return strokes
    .map((stroke) => {
      const line =
        stroke.line === undefined
          ? ''
          : ` stroke-width="${stroke.line}" stroke-linecap="round" stroke-linejoin="round"`;
      return `<path d="${stroke.d}"${line} ${paint(stroke)}/>`;
    })
    .join('');
}

/** A complete image with its colors, for places without a style sheet. */
export function picture(
  strokes: readonly Stroke[],
  colors: { readonly shape: string; readonly mark: string; readonly faint: string },
): string {
  const paths = svgPaths(strokes, (stroke) =>
    stroke.line === undefined ? `fill="${colors[stroke.ink]}"` : `fill="none" stroke="${colors[stroke.ink]}"`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${paths}</svg>`;
}
