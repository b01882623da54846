import type { Cell, Line, Placed } from './table.ts';
import { WIDTH_WORDS, widest } from './width.ts';

const RANK = { actions: 3, unknown: 3, class: 2, rest: 1 } as const;

type Picked = Pick<Cell, 'width' | 'lack' | 'text' | 'evidence' | 'conflict'>;

/**
 * The permission given by the lines: a line that names the action takes precedence over its class, and the class over
 * the default. If lines of one rank differ, the wider counts and the conflict is reported. A later event overrides the
 * table. A line with an empty state leaves the action unknown, whatever the default is.
 */
export function pick(lines: readonly Placed[]): Picked {
  let inherited: Placed | undefined;
  for (const rank of [3, 2, 1]) {
    const here = lines.filter((line) => line.match !== null && RANK[line.match.kind] === rank);
    const later = here
      .filter((line) => line.after !== null)
      .sort((a, b) => ((a.after ?? '') < (b.after ?? '') ? -1 : 1));
    const last = later.at(-1);
    const counted = (last ? [last] : here).map(switchedOff);
    const stated = counted.flatMap((line) => (line.width === null ? [] : [line.width]));
    const unreadable = counted.find(
      ({ lack }) => lack === 'unreadable' || lack === 'unstated' || lack === 'ambiguous',
    );
    const width = widest(stated);
    if (unreadable && width !== 'allow') {
      return {
        width: null,
        lack: unreadable.lack === 'inherited' ? 'unreadable' : unreadable.lack,
        text: unreadable.text,
        evidence: counted.map((line) => line.evidence),
        conflict: null,
      };
    }
    if (width !== null) {
      const others = [...new Set(stated)].filter((one) => one !== width);
      const conflict =
        others.length > 0
          ? `The table gives it twice, as ${[width, ...others].map((w) => WIDTH_WORDS[w]).join(' and as ')}; the wider counts.`
          : null;
      const evidence = counted
        .filter((line) => line.width === width || others.length > 0)
        .map((line) => line.evidence);
      return { width, lack: null, text: null, evidence, conflict };
    }
    const unset = counted.find((line) => line.lack === 'unset');
    if (unset) return empty(unset);
    inherited ??= counted[0];
  }
  if (inherited) return empty(inherited);
  return { width: null, lack: 'missing', text: null, evidence: [], conflict: null };
}

function empty({ text, evidence }: Line): Picked {
  return { width: null, lack: 'unset', text, evidence: [evidence], conflict: null };
}

/** An action marked as disabled cannot run, whatever its permission. */
function switchedOff(line: Placed): Placed {
  return line.enabled === false && line.match !== null && line.match.kind !== 'rest'
    ? { ...line, width: 'off', lack: null }
    : line;
}
