import type { DlpTuning } from '#domain/dlp/compile.ts';
import { ownRules } from '#domain/dlp/own-patterns.ts';
import type { DlpRule } from '#domain/dlp/rules.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';

/** The rules of the catalogue, followed by those of a client's own patterns. */
export const rulesFor = (
  catalogue: Pick<Catalogue, 'dlp'>,
  { patterns }: Pick<DlpTuning, 'patterns'>,
): readonly DlpRule[] => [...catalogue.dlp.flatMap(({ rules }) => rules), ...ownRules(patterns)];
