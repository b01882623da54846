import { type Columns, tableColumns } from './columns.ts';
import { type CompiledRules, plainValue } from './compile.ts';
import { type Embedded, EncodedRuns } from './encoded.ts';
import { resolved } from './escapes.ts';
import { findExact } from './exact.ts';
import type { Finding, Rank, ScanResult } from './finding.ts';
import { asRead } from './hidden.ts';
import { Hits } from './hits.ts';
import { scanKeywords, Tried } from './keyword-rules.ts';
import { findMails } from './mails.ts';
import { scanNumbers } from './numbers.ts';
import type { DlpRule } from './rules.ts';
import { settled } from './settled.ts';
import type { View } from './view.ts';

export interface ScanOptions {
  /** Polled during the scan; true: the time is up. */
  readonly stop?: () => boolean;
  /** Headings and positions of cells, if the text was made from a table; otherwise tables are detected. */
  readonly columns?: Columns;
}

/** Maximum number of findings after which scanning stops: by then, it is a member list. */
const MAX_FINDINGS = 100_000;
/** Characters between two polls of the clock. */
const PART = 65_536;

/** How often a text may be encoded again and again. */
const MAX_LAYERS = 4;
/** Precedence of what only a decoded text shows: what its form shows comes first. */
const DECODED: Rank = { distance: 1_000, word: 0 };

/**
 * Everything in a text that a rule finds with at least medium confidence, also where characters that nobody sees are in
 * between, or where it is written in entities, escapes, Base64 or hexadecimal digits. The time is linear in the length
 * of the text.
 */
export function scan(text: string, rules: CompiledRules, options: ScanOptions = {}): ScanResult {
  const { findings: all, embedded, scanned } = layer(text, rules, options, MAX_LAYERS);
  const findings =
    rules.allowed.size === 0
      ? all
      : all.filter(
          ({ start, end, value }) => !rules.allowed.has(plainValue(value ?? text.slice(start, end))),
        );
  const hits = new Hits();
  hits.add(text, findings, rules);
  return { findings, counts: hits.counts, scanned, embedded };
}

interface Layer {
  readonly findings: readonly Finding[];
  readonly embedded: Embedded;
  readonly scanned: number;
}

/** One layer of a text and, up to a number of times, what is encoded in it. */
function layer(text: string, rules: CompiledRules, options: ScanOptions, layers: number): Layer {
  const view = asRead(text);
  const { text: plain } = view;
  const columns =
    options.columns === undefined ? tableColumns(plain, rules) : seenThrough(view, options.columns);
  const found: Finding[] = [];
  const ranks = new Map<Finding, Rank>();
  const add = (finding: Finding, rank?: Rank) => {
    if (finding.confidence === 'low') return;
    found.push(finding);
    if (rank !== undefined) ranks.set(finding, rank);
  };
  const stop = () => found.length > MAX_FINDINGS || options.stop?.() === true;
  const tried = new Tried();
  const runs = new EncodedRuns(plain);
  let scanned = scanNumbers(plain, rules, columns, stop, add);
  for (let from = 0; from < scanned; from += PART) {
    if (stop()) scanned = from;
    else
      scanKeywords(plain, Math.max(0, from - 64), Math.min(scanned, from + PART + 64), rules, {
        tried,
        runs,
        add,
      });
  }
  if (rules.mail !== null) findMails(plain, scanned, rules.mail, add);
  for (const pattern of rules.memberNumbers)
    memberNumbers(plain.slice(0, scanned), pattern, rules.memberRule, add);
  for (const finding of columns.cells(scanned)) add(finding);
  if (rules.exact !== null) findExact(plain, scanned, rules.exact.list, rules.exact.rule, add);
  const { views, embedded } = runs.decoded();
  let { files, pictures } = embedded;
  const below = (each: View, isNear: (start: number, end: number) => boolean) => {
    if (stop()) {
      scanned = 0;
      return;
    }
    const inner = layer(each.text, rules, stopOnly(options), layers - 1);
    if (inner.scanned < each.text.length) scanned = 0;
    files += inner.embedded.files;
    pictures += inner.embedded.pictures;
    for (const one of inner.findings) if (isNear(one.start, one.end)) add(seenFrom(each, one), DECODED);
  };
  if (layers > 0) {
    const escapes = resolved(plain);
    if (escapes !== null) below(escapes.view, escapes.isNear);
    for (const each of views) below(each, () => true);
  } else if (views.length > 0) scanned = 0;
  const kept = settled(found, rules, ranks);
  return {
    findings: view.text === text ? kept : kept.map((one) => seenFrom(view, one)),
    embedded: { files, pictures },
    scanned: scanned === plain.length ? text.length : view.startOf(scanned),
  };
}

const stopOnly = ({ stop }: ScanOptions): ScanOptions => (stop === undefined ? {} : { stop });

/** A finding in a view as one in the original. */
const seenFrom = (view: View, finding: Finding): Finding => ({
  ...finding,
  start: view.startOf(finding.start),
  end: view.endOf(finding.end),
  value: finding.value ?? view.text.slice(finding.start, finding.end),
});

/** The columns of a text as those of a view of it. */
function seenThrough(view: View, columns: Columns): Columns {
  return {
    cellAt(offset) {
      const cell = columns.cellAt(view.startOf(offset));
      return cell === null
        ? null
        : { heading: cell.heading, start: view.within(cell.start), end: view.within(cell.end) };
    },
    cells: (to) =>
      columns.cells(view.endOf(to)).map((one) => ({
        ...one,
        start: view.within(one.start),
        end: view.within(one.end),
      })),
  };
}

/** Rules whose hits in a text reach the threshold; never those that are only shown. */
export function alarming({ counts }: Pick<ScanResult, 'counts'>, rules: CompiledRules): readonly string[] {
  return [...counts]
    .filter(([rule, count]) => count >= rules.atLeast(rule) && rules.rules.get(rule)?.lookOnly !== true)
    .map(([rule]) => rule);
}

function memberNumbers(
  text: string,
  pattern: RegExp,
  rule: DlpRule | null,
  add: (finding: Finding) => void,
): void {
  if (rule === null) return;
  for (const match of text.matchAll(pattern))
    add({
      rule: rule.id,
      group: rule.group,
      start: match.index,
      end: match.index + match[0].length,
      confidence: 'high',
      because: { check: 'form', near: null, heading: null, distance: null },
    });
}
