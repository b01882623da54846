import { readFileSync } from 'node:fs';
import { compiler, printableView, setPages } from '../../printing/index.ts';
import { LIGHT } from '../../shared/design-tokens.ts';
import { picture, STATE_SHAPES, type Stroke } from '../../shared/shapes.ts';
import { type PrintInput, printView, type Room } from './view.ts';

const template = readFileSync(new URL('planner.typ', import.meta.url), 'utf8');

/** Layouts from the most detailed to the most compact; the first that fits on two pages is used. */
const ROOMS: readonly Room[] = [
  { lines: true, names: 9, entries: 12 },
  { lines: true, names: 9, entries: 8 },
  { lines: true, names: 9, entries: 5 },
  { lines: false, names: 9, entries: 8 },
  { lines: false, names: 9, entries: 5 },
  { lines: false, names: 3, entries: 8 },
  { lines: false, names: 3, entries: 5 },
  { lines: false, names: 2, entries: 3 },
  { lines: false, names: 1, entries: 2 },
];

/** Forecasts are drawn in black; only cells that rest on policy have their own color. */
const INK = { shape: '#15171C', mark: '#FFFFFF', faint: '#C5C9D1' };
const RING: Stroke = { d: 'M1.6 8a6.4 6.4 0 1 0 12.8 0a6.4 6.4 0 1 0 -12.8 0z', ink: 'shape', line: 1.6 };

function icons(): Record<string, string> {
  return {
    covers: picture([{ d: 'M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0z', ink: 'shape' }], INK),
    partly: picture([RING, { d: 'M1.6 8a6.4 6.4 0 0 0 12.8 0z', ink: 'shape' }], INK),
    policy_only: picture(STATE_SHAPES.policy_only, { ...INK, shape: LIGHT.verdict.policy_only.shape }),
    unknown: picture(
      [
        RING,
        {
          d: 'M8 11.4v.1M6.3 6.6c0-1 .8-1.6 1.7-1.6s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.5',
          ink: 'shape',
          line: 1.4,
        },
      ],
      INK,
    ),
  };
}

/** The comparison as a tagged PDF of two landscape pages, A4 or US Letter. The same comparison gives the same bytes. */
export function renderComparison(input: PrintInput): Uint8Array {
  try {
    const drawn = icons();
    const set = (room: Room) =>
      setPages(template, {
        data: JSON.stringify({ ...printableView(printView(input, room)), icons: drawn }),
      });
    const fitting = ROOMS.values()
      .map(set)
      .find(({ pages }) => pages <= 2);
    return (fitting ?? set({ lines: false, names: 1, entries: 1 })).pdf();
  } finally {
    compiler().evictCache(2);
  }
}
