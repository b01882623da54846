import { createHash } from 'node:crypto';
import { type PurviewForm, purviewForm } from '#domain/dlp/purview.ts';
import { type DlpRule, sampleText } from '#domain/dlp/rules.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { HandlerContext } from '../context.ts';
import { channelsOf } from './channels.ts';
import { DLP_FILE_NAMES, DLP_FILES } from './files.ts';
import { tuningOf } from './tuning-of.ts';

/** Rules of all files, in order. */
export const rulesOf = ({ services }: HandlerContext): readonly DlpRule[] =>
  services.catalogue.dlp.flatMap(({ rules }) => rules);

/** Twelve hex digits that change with the rules. */
export const versionOf = (rules: readonly DlpRule[]) =>
  createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 12);

/** Current version of the patterns. */
export const patternsVersion = ({ dlp }: Pick<Catalogue, 'dlp'>): string =>
  versionOf(dlp.flatMap(({ rules }) => rules));

/** What data loss prevention detects, and how to use it in Purview. */
export async function showDlp(context: HandlerContext) {
  const { client, services } = context;
  const rules = rulesOf(context);
  const tuning = await context.read((tx) => tuningOf(tx, client.id));
  return {
    asOf:
      services.catalogue.dlp
        .map(({ asOf }) => asOf)
        .sort()
        .at(-1) ?? '',
    version: versionOf(rules),
    rules: rules.map((rule) => {
      const form = purviewForm(rule);
      return {
        id: rule.id,
        title: rule.title,
        group: rule.group,
        atLeast: tuning.atLeast[rule.id] ?? rule.atLeast,
        lookOnly: rule.lookOnly,
        alone: rule.find === 'number' ? rule.alone : null,
        words: [...wordsOf(rule)],
        purview: form.by,
        builtIn: builtIn(form),
        misses: rule.samples.misses.map(sampleText),
      };
    }),
    ...(await channelsOf(context)),
    check: `${services.config.origin}/check`,
    files: DLP_FILES.map((id) => ({ id, name: DLP_FILE_NAMES[id] })),
    // Two rule files may have the same source.
    sources: [
      ...new Map(
        services.catalogue.dlp.flatMap(({ sources }) => sources).map((one) => [one.url, one]),
      ).values(),
    ],
  };
}

const builtIn = (form: PurviewForm) => (form.by === 'built_in' ? form.name : null);

function wordsOf(rule: DlpRule): readonly string[] {
  switch (rule.find) {
    case 'number':
      return rule.near;
    case 'token':
      return rule.starts;
    case 'assigned':
      return rule.names;
    case 'pattern':
      return rule.keywords;
    case 'export_column':
      return rule.column?.headings ?? [];
    default:
      return rule.headings;
  }
}
