import { dayWords } from '../text/words.ts';
import type { Charter } from './charter.ts';
import { EXPORT_WORDS, type Journal } from './journal.ts';

/** An approval mentioned in a journal, described for the person who is to confirm it. */
export interface TypedApproval {
  /** Identifies an approval. */
  readonly key: string;
  readonly words: string;
  readonly by: string;
}

/**
 * Entries of a list with their keys. Two equal entries are two approvals, each to be confirmed separately: otherwise a
 * copy of a confirmed one would count as confirmed.
 */
function keyed<T>(kind: string, list: readonly T[] = []): { readonly one: T; readonly key: string }[] {
  const seen = new Map<string, number>();
  return list.map((one) => {
    const text = `${kind} ${JSON.stringify(one)}`;
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return { one, key: times === 1 ? text : `${text} ${times}` };
  });
}

/** All approvals in a journal that a rule would use. */
export function approvalsIn(journal: Journal): readonly TypedApproval[] {
  return [
    ...keyed('change', journal.approvedChanges).map(({ one, key }) => ({
      key,
      words: `${one.connector}: ${one.action} to ${one.to}, on ${dayWords(one.on)}`,
      by: one.approvedBy,
    })),
    ...keyed('request', journal.connectorRequests)
      .filter(({ one }) => one.decision === 'approved')
      .map(({ one, key }) => ({
        key,
        words: `the request for ${one.connector}, on ${dayWords(one.decidedOn ?? one.on)}`,
        by: one.by,
      })),
    ...keyed('export', journal.approvedExports).map(({ one, key }) => ({
      key,
      words: `an export${one.of === undefined ? '' : ` of ${EXPORT_WORDS[one.of]}`}${one.email === undefined ? '' : ` by ${one.email}`}, on ${dayWords(one.on)}`,
      by: one.by,
    })),
  ];
}

/** A charter without approvers' names that were typed into its file. */
export function charterWithoutApprovals({ approvedBy: _, exceptions, ...charter }: Charter): Charter {
  return {
    ...charter,
    ...(exceptions === undefined
      ? {}
      : { exceptions: exceptions.map(({ approvedBy: __, ...exception }) => exception) }),
  };
}

/** A journal without approvals that were typed into its file. */
export function journalWithoutApprovals({
  approvedChanges: _,
  approvedExports: __,
  connectorRequests,
  ...journal
}: Journal): Journal {
  return {
    ...journal,
    ...(connectorRequests === undefined
      ? {}
      : { connectorRequests: connectorRequests.filter(({ decision }) => decision !== 'approved') }),
  };
}

/** A journal in which typed approvals are attributed to `confirmer`, a person who signed in. */
export function journalConfirmedBy(
  journal: Journal,
  confirmer: string,
  confirmed: ReadonlySet<string>,
): Journal {
  const by = (name: string, key: string) =>
    confirmed.has(key) ? `${name} (confirmed by ${confirmer})` : name;
  return {
    ...journal,
    ...(journal.approvedChanges === undefined
      ? {}
      : {
          approvedChanges: keyed('change', journal.approvedChanges).map(({ one, key }) => ({
            ...one,
            approvedBy: by(one.approvedBy, key),
          })),
        }),
    ...(journal.approvedExports === undefined
      ? {}
      : {
          approvedExports: keyed('export', journal.approvedExports).map(({ one, key }) => ({
            ...one,
            by: by(one.by, key),
          })),
        }),
  };
}
