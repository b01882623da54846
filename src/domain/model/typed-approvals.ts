import { dayWords } from '../text/words.ts';
import type { Charter } from './charter.ts';
import { EXPORT_WORDS, type Journal } from './journal.ts';

/** An approval that a journal speaks of, in words for anyone who is to confirm it. */
export interface TypedApproval {
  /** Tells two approvals apart. */
  readonly key: string;
  readonly words: string;
  readonly by: string;
}

/**
 * Entries of a list with the key of each. Two equal entries are two approvals, of which each counts for itself: a copy of
 * one that was confirmed was confirmed by nobody.
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

/** Everything in a journal that says that someone approved something, where a rule would count it. */
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

/** A charter without the names of approvers that were typed into its file. */
export function charterWithoutApprovals({ approvedBy: _, exceptions, ...charter }: Charter): Charter {
  return {
    ...charter,
    ...(exceptions === undefined
      ? {}
      : { exceptions: exceptions.map(({ approvedBy: __, ...exception }) => exception) }),
  };
}

/** A journal without the approvals that were typed into its file. */
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

/** A journal that says of each typed approval who confirmed it: `confirmer` is the name of a person who signed in. */
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
