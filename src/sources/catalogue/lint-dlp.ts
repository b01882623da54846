import { compileRules } from '#domain/dlp/compile.ts';
import { type ExportRules, exportRules } from '#domain/dlp/prepare/cells.ts';
import { recognize } from '#domain/dlp/prepare/recognize.ts';
import { findTable } from '#domain/dlp/prepare/table.ts';
import { type DlpRule, type DlpRules, sampleText } from '#domain/dlp/rules.ts';
import { scan } from '#domain/dlp/scan.ts';

/** Unbounded repetition outside of escapes and character classes, which can take exponential time. */
const UNBOUNDED = /[*+]|\{\d+,\}/u;

/** Checks of DLP rules: unique ids, bounded expressions, and samples that match or do not match as stated. */
export function lintDlp(files: readonly DlpRules[], say: (file: string, says: string) => void): void {
  const rules = files.flatMap((file) => file.rules);
  const compiled = compileRules(rules);
  const known = new Set<string>();
  for (const rule of rules) {
    const report = (says: string) => say('dlp', `${rule.id}: ${says}`);
    if (known.has(rule.id)) report('this id is there twice');
    known.add(rule.id);
    const expressions = [
      'pattern' in rule ? rule.pattern : '',
      rule.find === 'pattern' ? (rule.value ?? '') : '',
      rule.column?.cell ?? '',
    ];
    if (expressions.some((one) => UNBOUNDED.test(one.replace(/\\./gu, '').replace(/\[[^\]]*\]/gu, ''))))
      report('its expression repeats without a bound: write {0,40} in place of *');
    // The engine adds a group before those of the expression, which shifts numbers.
    if (expressions.some((one) => /\\[1-9]/u.test(one)))
      report('its expression repeats a group by number: name the group, and write \\k<name>');
    if (rule.find === 'export_column' && rule.column === undefined) report('says no kind of column');
    const finds = (sample: string) =>
      rule.find === 'export_column'
        ? recognizes(sampleText(sample), rule)
        : scan(sampleText(sample), compiled).findings.some((finding) => finding.rule === rule.id);
    for (const sample of rule.samples.hits) if (!finds(sample)) report(`does not find “${sample}”`);
    for (const sample of rule.samples.misses) if (finds(sample)) report(`finds “${sample}”`);
  }
}

/** Whether a column of a small table is recognized by this rule alone. */
export function recognizes(sample: string, rule: DlpRule): boolean {
  const rules: ExportRules = exportRules([rule]);
  const table = findTable(
    sample
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
    rules,
  );
  return table !== null && recognize(table, rules).some(({ kind }) => kind === rule.column?.kind);
}
