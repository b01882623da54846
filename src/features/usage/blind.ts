import type { UsageBlind } from '#domain/model/usage-blind.ts';

type Spot = UsageBlind['spots'][number];

/** What no source of a client can report, shown where the figure would be. */
export interface Blind {
  readonly about: Spot['about'];
  readonly words: string;
  readonly page: { readonly title: string; readonly url: string };
}

/** What the plan and the sources that have sent anything leave in the dark, as the catalogue says. */
export function blindSpots(
  { spots }: UsageBlind,
  plan: string,
  sources: ReadonlySet<string>,
): readonly Blind[] {
  const holds = ({ enterprise, has, lacks }: Spot['when']) =>
    (enterprise === undefined || enterprise === (plan === 'enterprise')) &&
    (has ?? []).every((source) => sources.has(source)) &&
    !(lacks ?? []).some((source) => sources.has(source));
  return spots
    .filter(({ when }) => holds(when))
    .map(({ about, words, page: { title, url } }) => ({ about, words, page: { title, url } }));
}
// Guide: G1.1-04 G1.1-11 G5.1-00 G5.1-05 G5.2-02
