/** One position of an expression: characters that it takes, and whether it may take many. */
interface Step {
  readonly samples: readonly string[];
  readonly many: boolean;
}

interface Term {
  readonly samples?: readonly string[];
  readonly alternatives?: readonly (readonly Term[])[];
  readonly max: number;
}

/** Characters to try: what people write, what formats use, and what hardly anything takes. */
const CANDIDATES = [...' \t\na0A-.,@/_([{<"\'*:;=!|%#&+\\]})>é\u0000中x'];
/** Repetitions from which on a position counts as one that may take many. */
const MIN_REPEATS = 9;
const MAX_PATHS = 14;
/** Ends that hardly any expression takes, so that it has to go back. */
const ENDS = ['\n!', '\u0000'];

/**
 * Texts of about this length on which an expression that goes back too often takes long: what comes before a
 * repetition, many times what it takes, and an end that it does not take.
 */
export function* attackStrings({ source, flags }: RegExp, length: number): Generator<string> {
  const seen = new Set<string>();
  for (const path of pathsOf(parsed(source, flags)))
    for (const text of attacksOn(path, length)) {
      const key = `${text.length} ${text.slice(0, 60)}${text.slice(-30)}`;
      if (!seen.has(key)) yield text;
      seen.add(key);
    }
}

function* attacksOn(path: readonly Step[], length: number): Generator<string> {
  const times = (part: string, of = length) =>
    part === '' ? '' : part.repeat(Math.ceil(of / part.length)).slice(0, of);
  const sample = (from: number, to: number) =>
    path
      .slice(from, to)
      .map(({ samples }) => samples[0] ?? '')
      .join('');
  for (const [at, { samples, many }] of path.entries()) {
    if (!many) continue;
    const head = sample(0, at);
    const next = sample(at + 1, at + 2);
    for (const one of samples.slice(0, 4))
      for (const end of ENDS) {
        yield head + times(one) + end;
        yield times(one) + end;
        yield times(one) + end + sample(at + 1, path.length) + end;
        yield head + times(one + next) + end;
        yield times(head + one) + end;
        yield times(head + one, length / 2) + times(one, length / 2) + end;
        if (at > 0) yield times(sample(at - 1, at) + one) + end;
      }
  }
  const share = length / Math.max(1, path.filter(({ many }) => many).length);
  const each = path.map(({ samples: [one = ''], many }) => (many ? times(one, share) : one)).join('');
  for (const end of [...ENDS, ...untaken(path)]) yield each + end;
}

/** Characters that the last position does not take. */
function untaken(path: readonly Step[]): readonly string[] {
  const taken = new Set(path.at(-1)?.samples);
  return CANDIDATES.filter((char) => !taken.has(char)).slice(0, 2);
}

/** Ways through an expression: each alternative once, with the first of all others. */
function pathsOf(alternatives: readonly (readonly Term[])[]): Step[][] {
  const way = (terms: readonly Term[], chosen: Term | null, which: number): Step[] =>
    terms.flatMap((term) => {
      if (term.alternatives === undefined)
        return [{ samples: term.samples ?? [], many: term.max >= MIN_REPEATS }];
      const inner = way(term.alternatives[term === chosen ? which : 0] ?? [], chosen, which);
      const once = inner.map(({ samples }) => samples[0] ?? '').join('');
      return term.max >= MIN_REPEATS ? [...inner, { samples: [once], many: true }] : inner;
    });
  const groupsIn = (terms: readonly Term[]): Term[] =>
    terms.flatMap((term) =>
      term.alternatives === undefined ? [] : [term, ...term.alternatives.flatMap(groupsIn)],
    );
  const every = Math.ceil(alternatives.length / MAX_PATHS);
  const tops = alternatives.filter((_, at) => at % every === 0);
  const further = tops.flatMap((terms) =>
    groupsIn(terms).flatMap((group) =>
      (group.alternatives ?? []).slice(1).map((_, at) => way(terms, group, at + 1)),
    ),
  );
  return [...tops.map((terms) => way(terms, null, 0)), ...further.slice(0, MAX_PATHS * 3)];
}

/** A rough reading of an expression: no look-around, no reference to a group. */
function parsed(source: string, flags: string): readonly (readonly Term[])[] {
  const kept = flags.replace(/[^iuv]/g, '');
  let at = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    const found = expression.exec(source.slice(at));
    at += found?.[0].length ?? 0;
    return found;
  };
  const samplesOf = (raw: string): readonly string[] => {
    const one = new RegExp(`^(?:${raw})$`, kept);
    const found = [...CANDIDATES, ...raw].filter((char) => one.test(char));
    return found.length > 0 ? found : ['a'];
  };
  const choices = (): Term[][] => {
    const all = [terms()];
    while (take(/^\|/)) all.push(terms());
    return all;
  };
  const terms = (): Term[] => {
    const all: Term[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') all.push(...term());
    return all;
  };
  const inBrackets = (): string => {
    const start = at;
    let depth = 0;
    do {
      if (source[at] === '\\') at += 1;
      else if (source[at] === '[' && (depth === 0 || flags.includes('v'))) depth += 1;
      else if (source[at] === ']') depth -= 1;
      at += 1;
    } while (depth > 0 && at < source.length);
    return source.slice(start, at);
  };
  const term = (): Term[] => {
    if (take(/^(?:[$^]|\\[bB]|\\[1-9]\d?|\\k<\w+>)/)) return take(/^(?:[*+?]|\{\d+(?:,\d*)?\})\??/) ? [] : [];
    let read: Omit<Term, 'max'>;
    let isLook = false;
    if (take(/^\(/)) {
      isLook = take(/^\?<?[=!]/) !== null;
      if (!isLook) take(/^\?(?:<\w+>|[a-z-]*:)/);
      read = { alternatives: choices() };
      at += 1;
    } else if (source[at] === '[') read = { samples: samplesOf(inBrackets()) };
    else if (source[at] === '.') {
      at += 1;
      read = { samples: ['a', ' ', '0'] };
    } else {
      const raw = take(/^(?:\\u\{\w+\}|\\u\w{4}|\\x\w\w|\\[pP]\{[^}]+\}|\\c[A-Z]|\\.|.)/su)?.[0] ?? '';
      read = { samples: /^[^\\]/u.test(raw) ? [raw] : samplesOf(raw) };
    }
    const repeated = take(/^(?:([*+])|\?|\{\d+(?:(,)(\d*))?\})\??/);
    const [, open, comma, most] = repeated ?? [];
    const max = open !== undefined || (comma !== undefined && most === '') ? Infinity : Number(most ?? 1);
    return isLook ? [] : [{ ...read, max }];
  };
  return choices();
}
