import { KINDS, type Kind } from '../model/kinds.ts';
import type { Evidence, Reading } from '../model/reading.ts';
import type { Item, Outcome } from '../model/verdict.ts';
import { because } from '../rules/outcome.ts';
import type { Ask } from '../text/message.ts';
import { names, sentence } from '../text/words.ts';
import type { EvaluationState } from './context.ts';

/** One interpretation of files that differ: per kind, one of them or all as parts of one list. */
interface Way {
  readonly files: readonly string[];
  readonly facts: EvaluationState;
}

/** Files of one day that differ, and every way to interpret them. */
export interface Ways {
  readonly kinds: readonly Kind[];
  readonly files: readonly string[];
  readonly whys: readonly string[];
  readonly ask: Ask;
  /** Interpretations with one file per kind. */
  readonly each: readonly Way[];
  /** The interpretation with all files of each kind combined. */
  readonly together: Way;
}

/** Maximum number of interpretations to try; nobody keeps that many lists of one day. */
const MAX_WAYS = 9;

/** The interpretations of files that differ among the kinds that a check reads; null: none differ, or too many. */
export function waysToRead(
  kinds: readonly Kind[],
  shared: EvaluationState,
  daysOf: (kind: Kind) => number,
): Ways | null {
  const disputed = [...new Set(kinds)].flatMap((kind) => {
    const current = KINDS[kind].shape === 'log' ? null : shared.read(kind, daysOf(kind));
    return current === null || current.ok || current.rivals === undefined
      ? []
      : [{ kind, rivals: current.rivals as readonly Reading[], why: current.why, ask: current.howToGet }];
  });
  const [first] = disputed;
  if (first === undefined) return null;
  const count = disputed.reduce((ways, { rivals }) => ways * rivals.length, 1);
  if (count > MAX_WAYS) return null;
  let choices: (readonly Reading[])[] = [[]];
  for (const { rivals } of disputed)
    choices = choices.flatMap((chosen) => rivals.map((rival) => [...chosen, rival]));
  const all = disputed.flatMap(({ rivals }) => rivals);
  return {
    kinds: disputed.map(({ kind }) => kind),
    files: [...new Set(all.map(({ file }) => file))],
    whys: disputed.map(({ why }) => why),
    ask: first.ask,
    each: choices.map((chosen) => ({
      files: chosen.map(({ file }) => file),
      facts: shared.countingOnly(chosen, all),
    })),
    together: { files: all.map(({ file }) => file), facts: shared.countingOnly(all, all) },
  };
}

/**
 * What holds under every interpretation; null: nothing. A finding about a person or an action that every file shows is
 * certain, the rest is unknown. A fail without items is certain only if all files combined show it as well, because
 * each part of a list may lack what another part has.
 */
export function decideEitherWay(ways: Ways, decide: (facts: EvaluationState) => Outcome): Outcome | null {
  const found: { readonly files: readonly string[]; readonly outcome: Outcome }[] = [];
  for (const { files, facts } of ways.each) {
    const outcome = decide(facts);
    if (outcome.state !== 'fail') return null;
    found.push({ files, outcome });
  }
  const [first] = found;
  if (first === undefined) return null;
  const whys = ways.whys.map(sentence).join(' ');
  const params = { ...first.outcome.params, whichever: ways.kinds };
  const evidence = onceEach(found.flatMap(({ outcome }) => outcome.evidence));
  if (found.some(({ outcome }) => outcome.items.length === 0)) {
    if (decide(ways.together.facts).state !== 'fail') return null;
    const reason = `${first.outcome.reason} ${whys}`;
    return { ...first.outcome, params, reason, evidence, items: [], ask: ways.ask };
  }
  const items = first.outcome.items.flatMap((item): Item[] => {
    const others = found.map(({ files, outcome }) => ({
      files,
      item: outcome.items.find(({ key }) => key === item.key),
    }));
    if (others.some((one) => one.item === undefined)) return [];
    const details = new Map(others.map((one) => [one.item?.detail ?? '', one.files]));
    return [
      {
        ...item,
        detail:
          details.size === 1
            ? item.detail
            : [...details].map(([detail, files]) => `${names(files)}: ${sentence(detail)}`).join(' '),
        evidence: onceEach(others.flatMap((one) => one.item?.evidence ?? [])),
      },
    ];
  });
  if (items.length === 0) return null;
  const shown = names(items.map(labelled));
  return {
    ...because(
      first.outcome.code,
      `No matter which of ${names(ways.files)} is the current one, this is so for ${shown}. ${whys} What only one of them shows is not known.`,
      params,
    ).fail(evidence, items),
    ask: ways.ask,
  };
}

/**
 * A pass that one of the files contradicts is withheld until it is known which file is right. If nothing can be read
 * until then, what each file shows by itself is named, such as someone who has left one of two sister organizations.
 */
export function openUntilKnown(
  outcome: Outcome,
  ways: Ways,
  decide: (facts: EvaluationState) => Outcome,
): Outcome {
  if (outcome.state === 'cannot_read') return withShownByOne(outcome, ways, decide);
  if (outcome.state !== 'pass') return outcome;
  const against = ways.each.map(({ facts }) => decide(facts)).find(({ state }) => state === 'fail');
  if (against === undefined) return outcome;
  return because(against.code, [against.reason, ...ways.whys].join(' '), {
    ...against.params,
    whichever: ways.kinds,
  }).cannotRead(ways.ask, against.evidence, against.items);
}

/** Lists of which each may lack people that another has, so that whom one does not mention is no finding of it. */
const OF_PEOPLE: ReadonlySet<Kind> = new Set(['members', 'roster', 'entra_users']);

/** Findings of single files to name at most. */
const MAX_SHOWN = 3;

/** Adds what one file shows by itself. The state stays, since another file may be right. */
function withShownByOne(outcome: Outcome, ways: Ways, decide: (facts: EvaluationState) => Outcome): Outcome {
  const failed = ways.each.flatMap(({ files, facts }) => {
    const found = decide(facts);
    return found.state === 'fail' ? [{ files, found }] : [];
  });
  if (failed.length === 0) return outcome;
  let words = (found: Outcome) => found.reason;
  if (ways.kinds.some((kind) => OF_PEOPLE.has(kind))) {
    const together = decide(ways.together.facts);
    const certain = new Set(together.state === 'fail' ? together.items.map(({ key }) => key) : []);
    words = ({ items }) => {
      const shown = items.filter(({ key }) => certain.has(key));
      return shown.length === 0 ? '' : `${names(shown.map(labelled))}.`;
    };
  }
  const shown = [...Map.groupBy(failed, ({ found }) => words(found))].filter(([text]) => text !== '');
  const [first] = shown;
  if (first === undefined) return outcome;
  return {
    ...outcome,
    params: { ...outcome.params, whichever: ways.kinds, shown: first[1][0]?.found.code },
    reason: [
      outcome.reason,
      ...shown.slice(0, MAX_SHOWN).map(([text, by]) => `According to ${names(inEach(by))}: ${text}`),
    ].join(' '),
    evidence: onceEach([
      ...outcome.evidence,
      ...shown.flatMap(([, by]) => by.flatMap(({ found }) => found.evidence)),
    ]),
  };
}

/** The files that all of these interpretations have in common, otherwise those of the first one. */
function inEach(all: readonly { readonly files: readonly string[] }[]): readonly string[] {
  const [first, ...others] = all.map(({ files }) => files);
  const common = (first ?? []).filter((file) => others.every((files) => files.includes(file)));
  return common.length > 0 ? common : (first ?? []);
}

/** An item with its detail in parentheses. */
function labelled({ label, detail }: Item): string {
  return `${label} (${detail.replace(/\.$/, '')})`;
}

/** Combines a fail that the lists prove with one that is known without them. */
export function withCertain(outcome: Outcome, certain: Outcome): Outcome {
  if (outcome.state !== 'fail') return certain;
  const known = new Set(outcome.items.map(({ key }) => key));
  const further = certain.items.filter(({ key }) => !known.has(key));
  if (further.length === 0) return outcome;
  return {
    ...outcome,
    params: { ...outcome.params, ...certain.params },
    reason: `${outcome.reason} ${certain.reason}`,
    items: [...outcome.items, ...further],
    evidence: onceEach([...outcome.evidence, ...certain.evidence]),
  };
}

function onceEach(evidence: readonly Evidence[]): readonly Evidence[] {
  return [
    ...new Map(evidence.map((one) => [`${one.kind} ${one.file} ${one.row ?? ''} ${one.says}`, one])).values(),
  ];
}
