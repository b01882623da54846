import { AppLink } from '../controls/link-button.tsx';

interface CitedClause {
  readonly title: string;
  readonly number: string | null;
  readonly version: string | null;
}

/** A clause of the policy that a finding violates, and where it is in the policy in force. */
export function Cited({ slug, clause }: { slug: string; clause: CitedClause }) {
  const { title, number, version } = clause;
  return (
    <>
      {title}
      <span className="second">
        {number === null || version === null ? (
          'Not in a policy in force'
        ) : (
          <AppLink href={`/c/${slug}/policy/${version}`}>
            Clause {number} of version {version}
          </AppLink>
        )}
      </span>
    </>
  );
}
// Guide: G8-07 G8-10
