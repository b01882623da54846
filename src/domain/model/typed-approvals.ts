import type { Charter } from './charter.ts';
import { EXPORT_WORDS, type Journal } from './journal.ts';

/** An approval that a journal speaks of, in words for anyone who is to confirm it. */
export interface TypedApproval {
  /** Tells two approvals apart. */
  readonly key: string;
  readonly words: string;
  readonly by: string;
}

/** Everything in a journal that says that someone approved something, where a rule would count it. */
export function approvalsIn(journal: Journal): readonly TypedApproval[] {
  return [
    ...(journal.approvedChanges ?? []).map((one) => ({
      key: `change ${JSON.stringify(one)}`,
      words: `${one.connector}: ${one.action} to ${one.to}, on ${one.on}`,
      by: one.approvedBy,
    })),
    ...(journal.connectorRequests ?? [])
      .filter(({ decision }) => decision === 'approved')
      .map((one) => ({
        key: `request ${JSON.stringify(one)}`,
        words: `the request for ${one.connector}, on ${one.decidedOn ?? one.on}`,
        by: one.by,
      })),
    ...(journal.approvedExports ?? []).map((one) => ({
      key: `export ${JSON.stringify(one)}`,
      words: `an export${one.of === undefined ? '' : ` of ${EXPORT_WORDS[one.of]}`}${one.email === undefined ? '' : ` by ${one.email}`}, on ${one.on}`,
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
  const named = <T extends { readonly by: string }>(one: T, key: string): T =>
    confirmed.has(key) ? { ...one, by: `${one.by} (confirmed by ${confirmer})` } : one;
  return {
    ...journal,
    ...(journal.approvedChanges === undefined
      ? {}
      : {
          approvedChanges: journal.approvedChanges.map((one) =>
            confirmed.has(`change ${JSON.stringify(one)}`)
              ? { ...one, approvedBy: `${one.approvedBy} (confirmed by ${confirmer})` }
              : one,
          ),
        }),
    ...(journal.approvedExports === undefined
      ? {}
      : {
          approvedExports: journal.approvedExports.map((one) => named(one, `export ${JSON.stringify(one)}`)),
        }),
  };
}
