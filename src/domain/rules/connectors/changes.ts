import { addDays } from '../../model/day.ts';
import type { Permission } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { type Ask, ask, askKey } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { cellWords } from './cell-words.ts';
import { charterWords } from './charter-asked.ts';
import { type Approved, approvedConnectors, grantFor } from './chartered.ts';
import { matchAction, matchConnector } from './match.ts';
import type { Cell, ObservedConnector } from './table.ts';
import { WIDTH_WORDS, type Width, wider } from './width.ts';

export interface Change {
  readonly cell: Cell;
  readonly group: ObservedConnector;
  /** null: the earlier permission is not known. */
  readonly from: Width | null;
  /** null: the tool's own permission was removed, and what applies instead is not reported. */
  readonly to: Width | null;
  readonly day: string;
  /** First day on which an approval of this change may have been written. */
  readonly since: string;
  readonly who: string | null;
  readonly evidence: readonly Evidence[];
}

/** The changes of a period. */
export interface Changes {
  readonly changes: readonly Change[];
  /** The period, to be appended to "was widened". */
  readonly where: string;
  readonly evidence: readonly Evidence[];
  /** Connectors that were added without approval and removed again. */
  readonly brief?: readonly Item[];
  /** Connectors that were added without approval and not removed, whatever their permissions are. */
  readonly added?: readonly Item[];
  /** Why there may be more changes than these; null: the list is complete. */
  readonly gap: { readonly why: string; readonly question: Ask } | null;
}

/** Whether the charter approves a connector, or the journal records an approved addition in the period from `since`. */
export function isAddingApproved(context: CheckContext, connector: string, since: string): boolean {
  const place = matchConnector(connector, context.catalogue);
  const same = (name: string) => {
    const other = matchConnector(name, context.catalogue);
    return other.key === place.key || other.entries.some((entry) => place.entries.includes(entry));
  };
  const charter = context.charter.ok ? (context.charter.value.connectors ?? []) : [];
  const entries = context.journal.ok ? (context.journal.value.approvedChanges ?? []) : [];
  return (
    charter.some(({ name }) => same(name)) ||
    entries.some(
      (entry) =>
        entry.to === 'added' &&
        entry.on <= context.today &&
        entry.on >= addDays(since, -APPROVED_AHEAD) &&
        same(entry.connector),
    )
  );
}

/** Whether the journal or a charter in force approves a change. */
export function isApproved(context: CheckContext, change: Change): boolean {
  return covered(context, change, approvedOf(context));
}

function approvedOf({ charter, catalogue }: CheckContext): readonly Approved[] {
  return charter.ok ? approvedConnectors(charter.value, catalogue) : [];
}

/** The outcome for the changes of a period: widened without approval, cannot be determined, or none. */
export function settle(
  context: CheckContext,
  { changes, where, evidence, brief = [], added = [], gap }: Changes,
): Outcome {
  const approved = approvedOf(context);
  const open = changes.filter(
    (change) => change.to !== 'blocked' && change.to !== 'off' && !covered(context, change, approved),
  );
  // From "unknown", a change to Always allow can only widen; one to Needs approval may do either.
  const widened = open.filter(
    (change) =>
      change.to !== null && (change.from === null ? change.to === 'allow' : wider(change.to, change.from)),
  );
  const unsure = open.filter((change) => change.to === null || (change.from === null && change.to === 'ask'));
  const team =
    context.profile.claudePlan === 'team' ? ' Who changed it cannot be read on the Team plan.' : '';
  if (widened.length > 0) {
    return because(
      'connectors.changes.widened',
      `${count(widened.length, 'permission')} ${verb(widened.length, 'was', 'were')} widened ${where} without an approval: ${names(widened.map(changeWords), 4)}.${team}`,
    ).fail(
      [...evidence, ...widened.flatMap((change) => change.evidence)],
      [...widened.map(itemFor), ...added, ...brief],
    );
  }
  if (added.length > 0)
    return because(
      'connectors.changes.added',
      `${count(added.length, 'connector')} ${verb(added.length, 'was', 'were')} added ${where} without an approval: ${names(
        added.map(({ label }) => label),
        4,
      )}.`,
    ).fail([...evidence, ...added.flatMap((one) => one.evidence)], [...added, ...brief]);
  if (brief.length > 0)
    return because(
      'connectors.changes.added_for_a_while',
      `${count(brief.length, 'connector')} ${verb(brief.length, 'was', 'were')} added ${where} without an approval and removed again: ${names(
        brief.map(({ label }) => label),
        4,
      )}. A person has to check what was done through ${brief.length === 1 ? 'it' : 'them'} in the meantime.`,
    ).fail([...evidence, ...brief.flatMap((one) => one.evidence)], brief);
  if (gap)
    return because('connectors.changes.gap', gap.why, { asks: askKey(gap.question) }).cannotRead(
      gap.question,
      evidence,
    );
  if (unsure.length > 0) {
    return because(
      'connectors.changes.unsure',
      `Whether ${names(
        unsure.map((change) => cellWords(change.cell)),
        4,
      )} ${verb(unsure.length, 'was', 'were')} widened ${where} cannot be determined: the earlier or the later state is not known.`,
    ).cannotRead(
      ask(
        'source',
        'connectors',
        'Import the connectors table of the last review, or write the change under `approvedChanges` in the journal.',
        'of_last_review',
      ),
      evidence,
      unsure.map(itemFor),
    );
  }
  const wide = changes.filter(
    (change) => change.to !== null && change.from !== null && wider(change.to, change.from),
  );
  return because(
    'connectors.changes.none_unapproved',
    wide.length > 0
      ? `${count(wide.length, 'permission')} ${verb(wide.length, 'was', 'were')} widened ${where}, each approved in the journal or ${charterWords(context)}.`
      : `No permission was widened ${where}.`,
  ).pass(evidence);
}

/** Describes the earlier and the later permission, and who set it if known. */
export function stepWords({ from, to, who }: Change): string {
  const now = to === null ? 'without its own state' : WIDTH_WORDS[to];
  return `${from === null ? 'The earlier state is not known; now' : `From ${WIDTH_WORDS[from]} to`} ${now}.${who === null ? '' : ` ${who}`}`;
}

function changeWords(change: Change): string {
  return `${cellWords(change.cell)} ${change.from ? `from ${WIDTH_WORDS[change.from]} ` : ''}to ${WIDTH_WORDS[change.to ?? 'off']}`;
}

function itemFor(change: Change): Item {
  return {
    key: change.cell.key,
    label: cellWords(change.cell),
    detail: stepWords(change),
    evidence: change.evidence,
  };
}

/** Approved by a journal entry of this period, or by a charter that is approved and in force. */
function covered(context: CheckContext, change: Change, approved: readonly Approved[]): boolean {
  if (change.to === null) return false;
  const to: Width = change.to;
  const charter = context.charter.ok ? context.charter.value : null;
  const inForce =
    (charter?.approvedBy?.length ?? 0) > 0 &&
    charter?.inForceSince !== undefined &&
    charter.inForceSince <= context.today;
  const grant = inForce ? grantFor(change.cell, change.group, approved) : null;
  if (grant && !wider(to, grant.permission)) return true;
  const entries = context.journal.ok ? (context.journal.value.approvedChanges ?? []) : [];
  return entries.some((entry) => {
    if (entry.on > context.today || entry.on < addDays(change.since, -APPROVED_AHEAD)) return false;
    const place = matchConnector(entry.connector, context.catalogue);
    if (place.key !== change.group.key && !place.entries.some((one) => change.group.entries.includes(one)))
      return false;
    const permission: Permission | null = entry.to === 'added' || entry.to === 'removed' ? null : entry.to;
    return (
      permission !== null && !wider(to, permission) && namesCell(entry.action, change.cell, place.entries)
    );
  });
}

/** Maximum days by which an approval may precede the change; an older one belongs to another change. */
const APPROVED_AHEAD = 31;

function namesCell(action: string, cell: Cell, entries: ObservedConnector['entries']): boolean {
  const match = matchAction(action, entries, 'observed');
  if (match.kind === 'rest') return true;
  if (match.kind === 'class') return cell.effects.every((effect) => match.effects.includes(effect));
  if (match.kind === 'unknown') return cell.match.kind === 'unknown' && cell.match.key === match.key;
  return match.actions.some((one) => one.action === cell.known?.action);
}
